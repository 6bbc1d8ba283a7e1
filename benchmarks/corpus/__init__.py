"""Every form of a folder of real ones, filled in as hard as it allows and judged by strangers."""
