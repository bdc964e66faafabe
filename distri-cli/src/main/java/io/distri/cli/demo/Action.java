package io.distri.cli.demo;

/** What visitors can do to a node. */
enum Action {
  KILL,
  REVIVE,
  PAUSE,
  RESUME,
  SLOW,
  NORMAL,
  CUT,
  HEAL
}
