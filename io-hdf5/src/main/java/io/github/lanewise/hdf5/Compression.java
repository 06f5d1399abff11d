package io.github.lanewise.hdf5;

/** How the numbers of an HDF5 file that is written are kept. */
public enum Compression {
  /** As they are: the fastest to read and write. The default. */
  NONE,

  /**
   * Deflated as by h5py's {@code compression="gzip"}, each dataset in one chunk; HDF5's own filter,
   * which every reader knows.
   */
  GZIP
}
