// Who asks models through this library needs no other import of ours than a transport: the words of its API come along.
@_exported public import HTTPCore
@_exported public import Vocabulary
