"""``formpress serve``: web, worker and broker on one machine, from one command."""
