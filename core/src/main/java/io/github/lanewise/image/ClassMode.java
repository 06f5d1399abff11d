package io.github.lanewise.image;

/** How an {@link ImageFolder} writes the class of a picture, under Keras's names. */
public enum ClassMode {
  /** One column, 0 or 1; for two classes. */
  BINARY {
    @Override
    int columns(int classes) {
      return 1;
    }
  },

  /** One column a class: 1 in that of the class, else 0. */
  CATEGORICAL {
    @Override
    int columns(int classes) {
      return classes;
    }
  },

  /** One column, the number of the class from 0. */
  SPARSE {
    @Override
    int columns(int classes) {
      return 1;
    }
  };

  abstract int columns(int classes);

  final void write(int label, int classes, float[] y, int yOffset) {
    if (this == CATEGORICAL) {
      for (int c = 0; c < classes; c++) {
        y[yOffset + c] = c == label ? 1 : 0;
      }
    } else {
      y[yOffset] = label;
    }
  }
}
