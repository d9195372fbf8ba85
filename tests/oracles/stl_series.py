"""DS7 of the protocol, one number a line, for stl_robust.R. Needs numpy, statsmodels and scikit-learn, as method_goldens.py."""
import contextlib
import io

with contextlib.redirect_stdout(io.StringIO()):
    from method_goldens import ds7

print(*[repr(float(value)) for value in ds7], sep="\n")
