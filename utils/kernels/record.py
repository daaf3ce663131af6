"""Whether kernels keep a history of what is run in them."""

__all__ = ["HISTORY_FILE", "NO_HISTORY", "RECORD"]

# With the value ``off`` a kernel writes no history: what builds and proves sets it.
RECORD = "FIFTY_THOUSAND_HISTORY"
NO_HISTORY = "--HistoryManager.enabled=False"
HISTORY_FILE = "--HistoryManager.hist_file"
