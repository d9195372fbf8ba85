"""Golden values of tests/stats/power_test.ts: scipy 1.17, run once."""
from scipy import stats
import numpy as np
from scipy.stats import nct, t as T
from scipy.optimize import brentq
from scipy.integrate import quad
def power(d,n,a):
    c=T.ppf(1-a/2,n-1); nc=d*np.sqrt(n)
    return 1-nct.cdf(c,n-1,nc)+nct.cdf(-c,n-1,nc)
for d,n,a in [(.5,20,.05),(.75,20,.05/6),(1.0,10,.05),(.3,5,.05)]:
    print(d,n,a,repr(power(d,n,a)))
for n,a in [(20,.05),(20,.05/6),(10,.05)]:
    print(n,a,repr(brentq(lambda d: power(d,n,a)-.8,0.01,1.5,xtol=1e-14)))
def tost(sd,n,m,delta=0,a=.05):
    nu=n-1;t=T.ppf(1-a,nu);se=sd/np.sqrt(n)
    f=lambda s: (stats.norm.cdf((m-delta)/se-t*s)-stats.norm.cdf(-(m+delta)/se+t*s))*2*nu*s*stats.chi2.pdf(nu*s*s,nu)
    return quad(f,0,m/se/t,epsabs=1e-13,limit=200)[0]
for sd,n in [(.3,20),(.5,20),(.4,10)]:
    print(sd,n,repr(tost(sd,n,.25)),)
rng=np.random.default_rng(1)
for sd,n in [(.3,20),(.5,20)]:
    x=rng.normal(0,sd,(200000,n)); m=x.mean(1); s=x.std(1,ddof=1)/np.sqrt(n); t=T.ppf(.95,n-1)
    print(np.mean(((m+.25)/s>t)&((m-.25)/s<-t)))
print((stats.norm.ppf(.95)+stats.norm.ppf(.8))*.5**.5, [(r,np.sqrt(2*(1-r)/2),np.sqrt(2*(1-r)/2)*(stats.norm.ppf(.975)+stats.norm.ppf(.8))) for r in (0,.5,.8,.9,.95,.99)])
for p in (.51,.52,.53,.55):
    za,zb=stats.norm.ppf(.975),stats.norm.ppf(.8)
    print(p,((za+zb)*.5/(p-.5))**2,((za*.5+zb*np.sqrt(p*(1-p)))/(p-.5))**2,(za+zb)**2*p*(1-p)/(p-.5)**2)
for w in (.55,.6):
    m1=(za*.5+zb*np.sqrt(w*(1-w)))**2/(w-.5)**2; print(w,m1/.3,((za+zb)*.5/(w-.5))**2/.3)
    d=.3*(2*w-1); print((za*np.sqrt(.3)+zb*np.sqrt(.3-d*d))**2/d**2)
