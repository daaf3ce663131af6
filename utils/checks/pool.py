"""What tellings say together of one number: a learnt pool that knows who leans on whom.

Rule
----
On the scale of `utils.checks.scales` a telling is

    y = truth on the claimed day + path + lean of the party + lean of the teller + own error + rounding

1. The path is one random walk for all tellings. Its variance grows by drift² for every day from the claimed
   one, so two tellings of one day share it and do not average it out. The drift belongs to the kind of
   quantity and is learnt (`utils.checks.learning`).
2. Parties and tellers lean. How far parties differ and how far tellers differ are two unknown spreads, each
   with a half-normal prior of scale 0.25, integrated on nine nodes of equal mass.
3. One teller is one witness. All tellings of a teller have one lean and one own error, that of the better
   informed telling; a further telling adds only what the other day and the rounding leave to add.
4. A bound is a censored telling: "at least L" says that the telling lies at L or above it, "up to U" the
   opposite. Bounds on one side alone, without a figure, give no answer.
5. What all witnesses have in common no number of them cures. It comes last: the pool is convolved with a
   Student t distribution with four degrees of freedom, whose scale is learnt or stated.
6. The prior of the truth is flat on the scale, so the answer does not depend on the unit.

Supported: at least 0.8 within the claimed range. Refuted: at least 0.8 on one side of it. Neither, where even
a pool with its median at the claimed number would have less than 0.8 within: the evidence is coarser than
the claim.

How it is computed
------------------
For given spreads everything but the bounds is normal, so truth, path, leans and errors are integrated
exactly, by one covariance matrix for each pair of nodes. Bounds are taken in one after the other, each as a
normal distribution function that is conditional on those before it (Mendell and Elston); for one bound that is
exact. The nodes are weighed by their marginal likelihood, with the truth integrated out (REML). The mixture
is kept as 201 nodes of equal mass.

Assumptions
-----------
Errors are symmetric on the scale, parties lean independently of each other, and tellers within a party too.
Half-normal with 0.25 says that a party or a teller is rarely off by more than half. The nodes of a spread end
at 0.48: tellers who differ by much more than that share one wide answer, and no outlier is thrown out.

Literature
----------
Röver (2020), Journal of Statistical Software 93, and Röver et al. (2021), Research Synthesis Methods 12, for
half-normal priors and few studies; Gelman (2006), Bayesian Analysis 1, for priors of spreads;
Shirani-Mehr, Rothschild, Goel and Gelman (2018), JASA 113, for true errors of about twice the stated ones and
for what polls share; Jackman (2005), Australian Journal of Political Science 40, for house effects on one
random walk; Mendell and Elston (1974), Biometrics 30, for the probability of several bounds.
"""
