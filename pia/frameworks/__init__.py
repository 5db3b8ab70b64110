"""Framework packs: what each law or standard asks, and how much of it an assessment covers. Plain Python."""
