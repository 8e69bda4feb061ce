package credit.jobs.cli.page;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A record of which a test names the components that matter; the others are empty. */
final class Made<R extends Record> {
  private final Class<R> type;
  private final Map<String, Object> values = new LinkedHashMap<>();

  private Made(Class<R> type) {
    this.type = type;
  }

  /** Nothing is named yet. */
  static <R extends Record> Made<R> a(Class<R> type) {
    Made<R> made = new Made<>(type);
    for (RecordComponent component : type.getRecordComponents()) {
      made.values.put(component.getName(), empty(component.getType()));
    }
    return made;
  }

  /** All components are those of another record. */
  @SuppressWarnings("unchecked") // a record has no subclasses
  static <R extends Record> Made<R> like(R other) {
    Made<R> made = new Made<>((Class<R>) other.getClass());
    try {
      for (RecordComponent component : made.type.getRecordComponents()) {
        made.values.put(component.getName(), component.getAccessor().invoke(other));
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
    return made;
  }

  Made<R> with(String component, Object value) {
    if (!values.containsKey(component)) {
      throw new IllegalArgumentException(component + " is none of " + values.keySet());
    }
    values.put(component, value);
    return this;
  }

  R record() {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values.values().toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Object empty(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    if (type.isPrimitive()) {
      return (byte) 0; // widens to every number
    }
    return type == List.class ? List.of() : type == Set.class ? Set.of() : null;
  }
}
