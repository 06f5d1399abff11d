/**
 * Keras's weight files and other HDF5 files, read through jHDF and written in the same layout.
 *
 * <p>{@link io.github.lanewise.hdf5.KerasWeights} loads and saves the weights of models, {@link
 * io.github.lanewise.hdf5.Hdf5Tensors} single tensors. Below them lie {@code Hdf5Reader}, {@code
 * Hdf5Writer} and the tree that the latter writes, {@code Hdf5Group}.
 */
@NullMarked
package io.github.lanewise.hdf5;

import org.jspecify.annotations.NullMarked;
