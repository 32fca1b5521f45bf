package org.ridgeline.spark;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/**
 * A parser of a text that is one JSON object or array. Spark stops at the end of the value, so this
 * one looks ahead there: nothing may follow.
 */
final class OneValue extends JsonParserDelegate {
  OneValue(JsonParser parser) {
    super(parser);
  }

  @Override
  public JsonToken nextToken() throws IOException {
    JsonToken token = delegate.nextToken();
    if (token != null && token.isStructEnd() && delegate.getParsingContext().inRoot()) {
      requireEnd();
    }
    return token;
  }

  private void requireEnd() throws IOException {
    if (delegate.nextToken() != null) {
      int line = delegate.currentTokenLocation().getLineNr();
      throw new JsonFault.SecondValue(
          String.format(
              "another value begins in line %d, after the first; multiLine=true takes one value for"
                  + " each file, such as an array of all rows",
              line),
          line);
    }
  }
}
