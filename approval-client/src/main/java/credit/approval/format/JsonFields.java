package credit.approval.format;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Typed access to the members of one JSON object; {@link #done()} refuses members left over. */
public final class JsonFields {
  private final String what;
  private final Map<String, Object> left;

  private JsonFields(String what, Map<String, Object> members) {
    this.what = what;
    this.left = members;
  }

  /**
   * The object's members.
   *
   * @param what names the object in messages
   * @throws ListException with {@code payload_invalid} if the value is no object
   */
  public static JsonFields of(String what, Object value) {
    if (!(value instanceof Map<?, ?> members)) {
      throw new ListException("payload_invalid", what + " is not a JSON object");
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    members.forEach((key, member) -> copy.put((String) key, member));
    return new JsonFields(what, copy);
  }

  public String text(String name) {
    if (take(name) instanceof String text) {
      return text;
    }
    throw invalid(name, "text");
  }

  /** The text, or null where the member is null or missing. */
  public String optionalText(String name) {
    return left.get(name) == null ? nothing(name) : text(name);
  }

  public long integer(String name) {
    if (take(name) instanceof Long number) {
      return number;
    }
    throw invalid(name, "an integer");
  }

  /** An integer within the bounds. */
  public long integer(String name, long least, long most) {
    long number = integer(name);
    if (number < least || number > most) {
      throw invalid(name, "an integer from " + least + " to " + most);
    }
    return number;
  }

  public boolean bool(String name) {
    if (take(name) instanceof Boolean bool) {
      return bool;
    }
    throw invalid(name, "true or false");
  }

  public LocalDate date(String name) {
    try {
      return Rows.requiredDate(text(name));
    } catch (IllegalArgumentException e) {
      throw new ListException("payload_invalid", what + ": " + name + ": " + e.getMessage(), e);
    }
  }

  /** A UTC instant in whole seconds, written {@code 2026-06-30T01:02:03Z}. */
  public Instant instant(String name) {
    String text = text(name);
    try {
      Instant instant = Instant.parse(text);
      if (instant.toString().equals(text) && text.length() == 20) {
        return instant;
      }
    } catch (DateTimeParseException e) {
      throw invalid(name, "a UTC instant in whole seconds");
    }
    throw invalid(name, "a UTC instant in whole seconds");
  }

  /** The instant, or null where the member is null or missing. */
  public Instant optionalInstant(String name) {
    if (left.get(name) == null) {
      left.remove(name);
      return null;
    }
    return instant(name);
  }

  /** The members of an object within. */
  public Map<?, ?> object(String name) {
    if (take(name) instanceof Map<?, ?> members) {
      return members;
    }
    throw invalid(name, "an object");
  }

  public List<?> list(String name) {
    if (take(name) instanceof List<?> list) {
      return list;
    }
    throw invalid(name, "a list");
  }

  /** A list of texts. */
  public List<String> texts(String name) {
    for (Object element : list(name, left.get(name))) {
      if (!(element instanceof String)) {
        throw invalid(name, "a list of texts");
      }
    }
    return list(name).stream().map(String.class::cast).toList();
  }

  /** A list of texts; empty where the member is null or missing. */
  public List<String> optionalTexts(String name) {
    if (left.get(name) == null) {
      left.remove(name);
      return List.of();
    }
    return texts(name);
  }

  /** Refuses members that nobody asked for. */
  public void done() {
    if (!left.isEmpty()) {
      throw new ListException("payload_invalid", what + " has unknown members " + left.keySet());
    }
  }

  static Instant wholeSeconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  private List<?> list(String name, Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw invalid(name, "a list");
  }

  private String nothing(String name) {
    left.remove(name);
    return null;
  }

  private Object take(String name) {
    return left.remove(name);
  }

  private ListException invalid(String name, String expected) {
    return new ListException("payload_invalid", what + ": " + name + " must be " + expected);
  }
}
