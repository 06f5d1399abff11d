/** Tensors, autograd, layers, models, training and inference. */
// The module that a package is exported to is compiled after this one.
@SuppressWarnings("module")
module io.github.lanewise.core {
  requires static org.jspecify;
  requires transitive io.github.lanewise.kernels;
  requires java.desktop;
  requires static jdk.jfr;

  exports io.github.lanewise.applications;
  exports io.github.lanewise.autograd;
  exports io.github.lanewise.file to
      io.github.lanewise.hdf5;
  exports io.github.lanewise.image;
  exports io.github.lanewise.infer;
  exports io.github.lanewise.model;
  exports io.github.lanewise.nn;
  exports io.github.lanewise.onnx;
  exports io.github.lanewise.op;
  exports io.github.lanewise.profile;
  exports io.github.lanewise.tensor;
  exports io.github.lanewise.train;
}
