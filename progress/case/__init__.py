"""Other people's frameworks: CASE, the competency format of 1EdTech.

CASE is *Competencies and Academic Standards Exchange*, versions 1.0 and 1.1:
https://www.imsglobal.org/sites/default/files/spec/case/v1p1/information_model/caseservicev1p1_infomodelv1p0.html
and, of 1.0, https://www.imsglobal.org/sites/default/files/CASE/casev1p0/information_model/caseservicev1p0_infomodelv1p0.html

`from_case` makes a draft of a package of either version, `to_case` a 1.1 package of a document.
`isChildOf`, `precedes` and `exactMatchOf` are kept, and so are the identifiers of the framework and
its items. What the other side can't hold is told in notes. docs/decisions/0016 has the mapping.
"""

from progress.case.exporting import Exported, to_case
from progress.case.importing import Draft, from_case
from progress.case.notes import Note

__all__ = ["Draft", "Exported", "Note", "from_case", "to_case"]
