package org.ridgeline.spark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/** Makes parsers of texts that are {@link OneValue}, with no key twice in an object. */
final class OneValueFactory extends JsonFactory {
  private static final long serialVersionUID = 1L;

  /** The same settings otherwise. */
  OneValueFactory(JsonFactory settings) {
    super(settings, null);
    enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  }

  @Override
  public JsonParser createParser(byte[] text, int offset, int length) throws IOException {
    return new OneValue(super.createParser(text, offset, length));
  }

  @Override
  public JsonParser createParser(InputStream text) throws IOException {
    return new OneValue(super.createParser(text));
  }

  @Override
  public JsonParser createParser(Reader text) throws IOException {
    return new OneValue(super.createParser(text));
  }

  @Override
  public JsonParser createParser(String text) throws IOException {
    return new OneValue(super.createParser(text));
  }
}
