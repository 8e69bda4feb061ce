package credit.jobs.ingest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * The text of a delivered file. UTF-8 (with or without a byte order mark) or GB18030 is detected by
 * decoding the whole file strictly, so that no character is ever replaced silently.
 */
final class Text {
  private static final Charset GB18030 = Charset.forName("GB18030");

  private Text() {}

  /** The encoding, or a bad file if it is neither. */
  static Charset detect(Path file) throws IOException, BadFile {
    if (decodes(file, StandardCharsets.UTF_8)) {
      return StandardCharsets.UTF_8;
    }
    if (decodes(file, GB18030)) {
      return GB18030;
    }
    throw new BadFile("the text is neither UTF-8 nor GB18030; save it in one of them");
  }

  /** A reader over the decoded text, without byte order mark; wrong bytes are an error. */
  static Reader open(Path file, Charset charset) throws IOException {
    Reader reader = new InputStreamReader(bytes(file), strict(charset));
    java.io.PushbackReader start = new java.io.PushbackReader(reader, 1);
    int first = start.read();
    if (first >= 0 && first != '\uFEFF') {
      start.unread(first);
    }
    return start;
  }

  /** Whether a file is gzip'd, by its name. */
  static boolean isGzip(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  private static InputStream bytes(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    return isGzip(file) ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private static CharsetDecoder strict(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static boolean decodes(Path file, Charset charset) throws IOException {
    CharsetDecoder decoder = strict(charset);
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    CharBuffer chars = CharBuffer.allocate(1 << 16);
    try (InputStream in = bytes(file)) {
      while (true) {
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        boolean end = read < 0;
        bytes.position(bytes.position() + Math.max(read, 0)).flip();
        CoderResult result = decoder.decode(bytes, chars.clear(), end);
        if (result.isError()) {
          return false;
        }
        bytes.compact();
        if (end) {
          return true;
        }
      }
    }
  }
}
