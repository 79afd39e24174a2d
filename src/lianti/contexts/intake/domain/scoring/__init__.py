"""How well proposals agree with labelled documents: each field's precision, recall and F1, and the clean text."""

from lianti.contexts.intake.domain.scoring.scores import FIELDS, Miss, OfDocument, Result, Score, score, table

__all__ = ["FIELDS", "Miss", "OfDocument", "Result", "Score", "score", "table"]
