package io.distri.protocol.image.scenery;

/** A picture without pixels. */
interface Scene {

  /** The colour at a point; x from 0 to 1.5, y from 0 (top) to 1. */
  Colour at(double x, double y);
}
