/** Keras's legacy weight files ({@code .h5}), read and written through jHDF. */
@NullMarked
package io.github.lanewise.hdf5;

import org.jspecify.annotations.NullMarked;
