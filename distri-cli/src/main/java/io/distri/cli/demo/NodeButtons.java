package io.distri.cli.demo;

/** What visitors can do to nodes, which are numbered from 0. Safe for use by many threads. */
interface NodeButtons {

  /** How many nodes there are, dead ones too. */
  int size();

  /** Ends a node as {@code kill -9} does; one that is dead stays dead. */
  void kill(int node);

  /** Starts a node that was killed; one that runs is left alone. */
  void revive(int node);
}
