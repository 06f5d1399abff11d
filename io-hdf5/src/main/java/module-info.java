/** Keras weight files, read and written through jHDF. */
@SuppressWarnings("module")
module io.github.lanewise.hdf5 {
  requires static org.jspecify;
  requires transitive io.github.lanewise.core;
  requires com.fasterxml.jackson.databind;
  requires io.jhdf;
  // For jHDF, which is an automatic module: the module system would not resolve them for it.
  requires com.ning.compress.lzf;
  requires org.apache.commons.lang3;
  requires org.slf4j;

  exports io.github.lanewise.hdf5;
}
