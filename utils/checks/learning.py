"""How fast numbers wander and how far all tellers are off together: learnt from other quantities.

Rule
----
1. What is learnt for a claim is learnt from all quantities that its check does not use, and from rows that
   were public on the clock.
2. Figures are sound rows of observed quantities with numbers above zero, the first of their origin for their
   days; a bound is used in pools and is never graded.
3. *Drift by kind.* For each quantity, the marginal likelihood of all its figures under the model of
   `utils.checks.pool` (truth, path, leans and own errors integrated out) at nine drifts. Over the quantities
   of a kind the likelihoods multiply with a prior: log-normal around the kind's default with a factor of two
   as standard deviation, on nine nodes of equal mass. The learnt drift is the posterior's median, one of the
   nine. It stays the same from day to day until the evidence moves it.
4. *Shared error.* A figure is graded by what other tellers published later of days within ten days of its
   own. The prediction is the pool on the day of the figure's publication, for the figure's day, without the
   tellers who are the measure. The measure is the pool of the later figures, the nearest of each origin. The
   distance between them that the two pools' own errors do not explain is shared error. Its scale has a
   half-normal prior of 0.25 on 15 nodes of equal mass; it is the mean of the posterior.
5. Figures on one quantity lean on each other. With k of them each weighs 1 / (1 + (k - 1) / 2), the design
   effect with a correlation of a half: no quantity counts for more than two figures.
6. With fewer than nine graded figures, or nine figures of a kind, the stated default is taken. Nine is the
   least for which a distribution-free 90 % band exists, the (n + 1) rule of split conformal prediction. Above
   it the prior still shrinks.

Defaults, before anything is learnt
-----------------------------------
Drift, as a standard deviation on the log scale for one day: 0.03 for all kinds (about 16 % in 30 days), but
0.15 for a ramp, which is a number that doubles in about three weeks. Shared error: 0.20, the mean of the
prior; if true errors are twice the stated ones and those are 0.15, what is left to share is 0.26.

Kinds
-----
stock: what is there on a day and comes and goes. ramp: people sent to where there were none before the events
that the archive tells of. total: adds up from a stated day and never falls; it is meant for the last of its
days. rate: counted over a stated window that is over, or for each day or month. share: a part of another
quantity. other: a single event, a plan, a forecast, a peak, or nothing that is counted.

Assumptions
-----------
Those who speak later are nearer to the truth; where they only repeat, the error looks smaller than it is, and
where they err together too, it cannot be seen at all. One shared error for all kinds: there are too few
figures to tell them apart.

Literature
----------
Shirani-Mehr et al. (2018), JASA 113; Gelman (2006), Bayesian Analysis 1; Röver et al. (2021), Research
Synthesis Methods 12; Kish (1965), Survey Sampling, for the design effect; Vovk, Gammerman and Shafer (2005),
Algorithmic Learning in a Random World, for the (n + 1) rule; Tetlock (2005), Expert Political Judgment.
"""
