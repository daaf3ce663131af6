"""How right was the pool? Every graded figure, predicted without its own quantity.

Rule
----
1. The graded figures, their measure and the prediction are those of `utils.checks.learning`; drift and shared
   error are learnt without the figure's own quantity.
2. The band is the 90 % interval for the measure: the pool with its shared error, widened by the measure's own
   error. Cover is the share of bands that hold the measure.
3. The log score is the natural logarithm of the density that was given to the measure, on the log scale.
   Higher is better; a normal error of 0.73, with its spread known, has about -1.1.
4. The unskilled guess: the newest figure, which is the graded one, stays as it is, with a normal error whose
   standard deviation is the root mean square of such errors on all other quantities.
5. The surprise is the share of the prediction that lies at least as far out as the measure, on both sides.

Literature
----------
Gneiting and Raftery (2007), JASA 102, for the log score; Dawid (1984), JRSS A 147, for the share of the
prediction below what came.
"""
