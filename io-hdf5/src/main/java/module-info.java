/** Keras weight files, read and written through jHDF. */
@SuppressWarnings("module")
module io.github.lanewise.hdf5 {
  requires static org.jspecify;
  requires transitive io.github.lanewise.core;
  requires io.jhdf;

  exports io.github.lanewise.hdf5;
}
