package io.github.lanewise.examples.serve;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that sends what it likes, when it likes. */
final class RawClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 15_000;

  final Socket socket = new Socket();

  RawClient(URI server) throws IOException {
    // Small, so that an answer that is not taken soon fills it.
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), PATIENCE_MILLIS);
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends the head of a picture's request. */
  RawClient announce(String query, long length) throws IOException {
    return send(
        "POST /predict" + query + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n");
  }

  /** What the server sends until it closes the connection; empty if it resets it. */
  String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** The first line of an answer. */
  String status() throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  /** Goes without a word: what has arrived is thrown away, and the server gets a reset. */
  void hangUp() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
