"""Equipment losses confirmed by pictures, by month, from Oryx.

Source: Mitzer, S. and Janovsky, J. et al. (2022-2025), "Attack On Europe: Documenting Russian / Ukrainian
Equipment Losses", Oryx; read off the pages by Steve Carnecchia (2025), CC BY 4.0.

One count is one picture link of one system and status. What upstream's collector does, and what follows:

- It dates a link by the day on which it first saw it. A month is when a loss was recorded, not when it
  happened; the first day holds all that was lost before it.
- It keeps a link for ever, also when Oryx has replaced it by a better one. So the files hold more than Oryx
  counts.
- A link that shows several losses of a kind counts once, and one that shows a loss that was captured and then
  destroyed counts in both columns.
- It puts the running total of a system before its name ("601 BTR-82A(M)" is a BTR-82A(M)); the total is cut.

The files name systems, not classes. `TYPES` gives each name a class by the first pattern that is found in it.
The classes are those of the General Staff's claims and gather the headings of Oryx's own pages: what a class
holds was compared with the totals of those pages. Names that no pattern knows, names upstream lost ('NA') and
portable missiles, which Oryx lists but does not count, are `other`.
"""

from __future__ import annotations

import re

import pandas

from ..words import counted
from .inputs import Inputs

__all__ = ["DATASETS", "OTHER", "TYPES", "tables", "type_of"]

DATASETS = ("oryx_events",)

OTHER = "other"
# Read from above: the first pattern that is found, in whatever case, decides. Names of drones, ships and
# special vehicles hold words of the vehicles that they are built on, so these come first.
TYPES = (
    (
        OTHER,
        r"^9M\d|^9<U\+041C>|Igla|Verba|Javelin|NLAW|RK-3 Corsar",
    ),
    (
        "special_equipment",
        r"control station|relay station|counter-UA|anti-drone|\bUGV|Uran-6|pontoon|floating bridge"
        r"|motor boat",
    ),
    (
        "drones",
        r"UAV|UCAV|loitering|target drone|Orlan-|Supercam|ZALA|Eleron|Leleka|A1-SM|Valkyrja|FlyEye"
        r"|Shark(-[DM])?$|Bayraktar|Takhion|Granat-|Merlin-VR|SKAT 350|RQ-\d|ScanEagle|Forpost|Mohajer"
        r"|^Orion|Penguin C|^PD-\d|Punisher|Spectator|Poseidon|Tekever|Raybird|Domakha|Chaklun|Dovbush"
        r"|EOS-C|Feniks|FLIRT|^Hor$|^Elf$|Skif|Mara-2M|Ptero|Primoco|Sarych|SpecAero|Spaitech|UJ-22|Dzhura"
        r"|Orlik|Okhotnik-B",
    ),
    (
        "helicopters",
        r"helicopter|^Mi-\d|^Ka-\d",
    ),
    (
        "aircraft",
        r"(?<!anti-)aircraft|bomber|fighter jet|^(Su|MiG|An|Il|L|Yak|F)-\d|Unknown Su-|Beriev",
    ),
    (
        "ships",
        r"Project|^Pr\.|[- ]class |patrol boat|vessel",
    ),
    (
        "special_equipment",
        r"radar|radiosonde|antenna|RADA |^1[BKLRV]\d|^1RL|^P-\d|^PRV-|ST-68|^36D6|^5N6|^30N6|^9S|^5I57"
        r"|AN[-/][MT]PQ|command (post|vehicle|and|cabin)|staff vehicle|signals? vehicle|communicat|radio"
        r"|SatCom|PsyOps|PPRU|Barnaul|\bEW\b|electronic warfare|jamming|^R-\d|^RP-|^RB-|^APE-|MPUS|Plastun"
        r"|Torn\(|Silok|^NOTA|Sobolyatnik|artillery reconnaissance|^PRP-|loader \(for (BM|TOS)"
        r"|transporter-loader|reloader|^2F510|ammunition supply|ATGM carrier|Shturm|^9P148|generator|smoke"
        r"|CBRN|RKhM|RKhb|decontamination|engineer|recovery|\bARV\b|^BTS-4|bridge|^Brücken|AVLB"
        r"|mine[- ](clearing|launcher|lay)|minelay|UR-77|Breacher|^Bgbv|excavator|trench|backhoe|crane"
        r"|drilling|amphibious|road deployment|KE?T-L|workshop|^MT[OPU]-|^TMM",
    ),
    (
        "rocket_launchers",
        r"\bMRLS?\b|BM-[23]\d|^122mm (2B|9P|APR|RAK|RM)|^140mm|^220|^227|^300|^920|TOS-2|Bastion",
    ),
    (
        "armoured_vehicles",
        r"^MT-LB|^BTR",
    ),
    (
        "air_defence",
        r"ZU-23|S-60|AA gun|anti-aircraft|KS-19|ItK|TELAR|TLAR|\bTEL\b|launcher|S-[34]00|\bBuk\b|\bTor\b"
        r"|Tor-M|^9K33|Strela-10|Pantsir|SAM system|transload|HAWK|Tunguska|Shilka|ASRAAM",
    ),
    (
        "artillery",
        r"^\d+mm|mortar|towed artillery|\bSPG\b",
    ),
    (
        "tanks",
        r"(?<![A-Z-])T-\d\d|Abrams|Leopard|Challenger|M-55S|PT-91|Stridsvagn|Unknown tank$",
    ),
    (
        "armoured_vehicles",
        r"BMP|BMD|BTR|BRDM|BRM|\bAFV|\bAPC|MRAP|\bIMV|BVP|BWP|\bBOV|BPM-97|BMM-|BMO-T|BPzV|KTO |M113|M1117"
        r"|Bradley|Stryker|Marder|CV90|YPR|\bVAB|^FV\d|Spartan|HMMWV|MaxxPro|Kozak|Kirpi|Bushmaster|Tigr"
        r"|Iveco LMV|Typhoon|Linza|Akhmat|Patrol|AMX-10|AT105|Dingo|AMN-|BATT|Cougar|Mamba|Dzik|Varta"
        r"|Novator|Panthera|Oncilla|Senator|Titan|Gurkha|VAMTAC|Eagle|Fennek|Petra |Shrek|M-ATV|Husky"
        r"|Mastiff|Wolfhound|Coyote|Snatch|Pbv|Sisu|Bison|Buran|Sarmat|Gusar|Esaul|Ural-(4320)?VV"
        r"|Ural Federal|Triton|Vepr|Gyurza|Cobra|Vodnik|Bandvagn|M548|MSL Shield|Puma|armoured (SUV|Volks)",
    ),
    (
        "trucks",
        r"KamAZ|Ural|GAZ|ZiL|KrAZ|[MUBP]AZ|LuAZ|truck|jeep|pickup|tanker|vehicle|train|\bMAN\b|Mercedes"
        r"|Volvo|Bogdan|Iveco|DAF|YAD|FMTV|RMMV|Renault|Jelcz|Daewoo|Peugeot|Pinzgauer|Land Rover|tractor"
        r"|carrier|buggy",
    ),
)

_PARTIES = {"Russia": "ru", "Ukraine": "ua"}
_STATUSES = ["destroyed", "captured"]
_KEY = ["month", "party", "type"]


def tables(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    """`equipment_losses`: items recorded as destroyed and as captured by month, losing party and class.

    ValueError when a column is missing, or a country, a status or a day is not what it was.
    """
    rows = pandas.concat([_rows(inputs, status) for status in _STATUSES], ignore_index=True)
    unknown = sorted(set(rows["country"]) - set(_PARTIES))
    if unknown:
        raise ValueError(f"country has values that are not known: {', '.join(unknown)}")
    day = pandas.to_datetime(rows["date_recorded"], format="%Y-%m-%d")
    if day.isna().any():
        raise ValueError(f"date_recorded is empty in {counted(int(day.isna().sum()), 'row')}")
    rows = rows.assign(
        month=day.dt.strftime("%Y-%m"),
        party=rows["country"].map(_PARTIES),
        type=rows["system"].map({system: type_of(system) for system in rows["system"].unique()}),
    )
    counts = rows.groupby([*_KEY, "status"]).size().unstack("status", fill_value=0)
    return {"equipment_losses": counts[_STATUSES].rename_axis(columns=None).reset_index()}


def type_of(system: str) -> str:
    """The class of a system by its name; `other` for a name that no pattern knows."""
    name = re.sub(r"^\d+ (?=\S)", "", system)
    return next((kind for kind, pattern in TYPES if re.search(pattern, name, re.IGNORECASE)), OTHER)


def _rows(inputs: Inputs, status: str) -> pandas.DataFrame:
    """One file, every row of which must have this status."""
    frame = f"event_{status}"
    raw = pandas.read_csv(
        inputs.file("oryx_events", f"{frame}.csv"),
        usecols=["country", "system", "status", "date_recorded"],
        dtype=str,
        keep_default_na=False,
    )
    if not (raw["status"] == status).all():
        raise ValueError(f"{frame}.csv: status holds {sorted(set(raw['status']))}, expected {status} alone")
    return inputs.corrected("oryx_events", frame, raw)
