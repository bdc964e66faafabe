package io.distri.protocol.image;

/** The rows of a cover in one size; used by one thread, once, from the top to the bottom. */
sealed interface CoverRows permits ScaledCover, CoverPicture.Rows {

  /** Where the rows are: three bytes a pixel, red, green, blue. Only to be read. */
  byte[] pixels();

  /** Makes a row present in {@link #pixels}; returns where it starts. */
  int seek(int row);
}
