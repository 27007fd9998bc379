from luqum import tree as tree
