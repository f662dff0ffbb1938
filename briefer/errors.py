"""Every exception of briefer; nothing else is raised on purpose.

BrieferError                    anything briefer says went wrong
├── InputError                  the caller's input cannot be used
│   ├── UnreadableInput         a file, body or text cannot be read as an article at all
│   ├── InputTooLarge           more text than the configured limit
│   ├── UnknownOption           an option, section or format that does not exist
│   └── FetchRefused            a URL that may not be fetched
├── ModelError                  the model could not be used
│   ├── ModelNotFound           no such model or weights file here or where we looked
│   ├── WeightsError            weights could not be fetched or are not the pinned ones
│   ├── EngineUnavailable       an engine is not installed or cannot load this file
│   └── GenerationFailed        the engine failed while writing
├── PromptError                 a prompt file is missing or its variables do not fit
├── RenderError                 a document could not be made
├── StoreError                  the store could not be read or written
├── ServiceError                a briefer service could not be reached, or could not answer
├── ClusterError                a Ray cluster could not be reached, or nobody in it can work
└── ConfigError                 a setting or configuration file is wrong

``retryable`` is for callers: whether the same call may succeed later. briefer itself does not read
it. Knows nothing of HTTP: the table error -> status is in ``server/``.
"""

from __future__ import annotations

from typing import ClassVar


class BrieferError(Exception):
    """Anything briefer says went wrong; the message says what, which, why and what to do next."""

    retryable: ClassVar[bool] = False


class InputError(BrieferError):
    """The caller's input cannot be used as it is."""


class UnreadableInput(InputError):
    """A file, body or text cannot be read as an article at all."""


class InputTooLarge(InputError):
    """More text than the configured limit."""


class UnknownOption(InputError):
    """An option, section or format that does not exist."""


class FetchRefused(InputError):
    """A URL that may not be fetched."""


class ModelError(BrieferError):
    """The model could not be used."""


class ModelNotFound(ModelError):
    """No such model or weights file here or where we looked."""


class WeightsError(ModelError):
    """Weights could not be fetched, or their bytes are not the pinned ones."""

    retryable = True


class EngineUnavailable(ModelError):
    """An engine is not installed here, or cannot load this file."""


class GenerationFailed(ModelError):
    """The engine failed while writing."""

    retryable = True


class PromptError(BrieferError):
    """A prompt file is missing, or its variables do not fit."""


class RenderError(BrieferError):
    """A document could not be made."""


class StoreError(BrieferError):
    """The store could not be read or written."""

    retryable = True


class ServiceError(BrieferError):
    """A briefer service could not be reached, or could not answer."""

    retryable = True


class ClusterError(BrieferError):
    """A Ray cluster could not be reached, or nobody in it can work."""

    retryable = True


class ConfigError(BrieferError):
    """A setting or configuration file is wrong."""
