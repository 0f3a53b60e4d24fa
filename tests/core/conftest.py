"""Hypothesis for the pure core: no deadline, because the machine is shared with other tests."""

import hypothesis

hypothesis.settings.register_profile("core", deadline=None, max_examples=60)
hypothesis.settings.load_profile("core")
