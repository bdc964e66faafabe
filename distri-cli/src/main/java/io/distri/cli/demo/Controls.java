package io.distri.cli.demo;

import io.distri.client.ElectionRule;

/**
 * What visitors can change: nodes, which are numbered from 0, and how the traffic elects them. Safe
 * for use by many threads.
 */
interface Controls {

  /** How many nodes there are, dead ones too. */
  int size();

  /** Does something to a node; nothing, where it makes no sense as the node is. */
  void press(int node, Action action);

  /** From the next call on, the traffic elects by this rule. */
  void elect(ElectionRule rule);
}
