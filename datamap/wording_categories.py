"""What is said beside a category of personal data: the article that singles it out and why, and what others call it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.types import Category
from datamap.categories import LABELS, flags

#: Why each category that Art. 9(1) or 10 GDPR names is one.
_BECAUSE: Final = {
    Category.HEALTH: gettext_lazy("data concerning health"),
    Category.GENETIC: gettext_lazy("genetic data"),
    Category.BIOMETRIC: gettext_lazy("biometric data, where it serves to identify a person"),
    Category.ETHNICITY: gettext_lazy("data revealing racial or ethnic origin"),
    Category.RELIGION: gettext_lazy("data revealing religious or philosophical beliefs"),
    Category.POLITICS: gettext_lazy("data revealing political opinions"),
    Category.UNION: gettext_lazy("data revealing trade-union membership"),
    Category.SEX_LIFE: gettext_lazy("data concerning sex life or sexual orientation"),
    Category.CRIMINAL: gettext_lazy("data relating to criminal convictions and offences"),
}


@dataclass(frozen=True, slots=True)
class About:
    """`article` is "Art. 9", "Art. 10" or nothing; `because` says why in words."""

    category: Category
    article: str
    because: str
    fideslang: str
    dpv: str

    @property
    def title(self) -> str:
        """All of it in a line, for who points at the category."""
        law = f"{self.article} GDPR: {self.because} · " if self.article else ""
        return f"{law}fideslang {self.fideslang} · DPV {self.dpv_term}"

    @property
    def dpv_term(self) -> str:
        """The term as the vocabulary writes it: pd:MedicalHealth."""
        path, _sep, term = self.dpv.rpartition("#")
        prefix = "pd" if path.endswith("/pd") else "dpv"
        return f"{prefix}:{term}"


def about(category: Category) -> About:
    label, law = LABELS[category], flags(category)
    article = _("Art. 9") if "art9" in law else _("Art. 10") if "art10" in law else ""
    return About(category, article, str(_BECAUSE.get(category, "")), label.fideslang, label.dpv)
