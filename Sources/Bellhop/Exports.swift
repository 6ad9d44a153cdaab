// A plugin imports `Bellhop` and nothing else of ours: the words it shares with the model client come along.
@_exported public import Vocabulary
