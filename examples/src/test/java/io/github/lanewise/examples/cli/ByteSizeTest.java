package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ByteSizeTest {

  private final ByteSize size = new ByteSize();

  @Test
  void suffixesArePowersOfTwo() {
    assertEquals(0, size.convert("0"));
    assertEquals(1000, size.convert("1000"));
    assertEquals(2048, size.convert("2k"));
    assertEquals(512L << 20, size.convert("512m"));
    assertEquals(3L << 30, size.convert("3G"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "-1", "1.5g", "2t", "9999999999999"})
  void anythingElseIsRefused(String text) {
    assertThrows(TypeConversionException.class, () -> size.convert(text));
  }
}
