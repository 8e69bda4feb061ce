package credit.schemas;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML node that knows its file and line, so that whatever is wrong with it can be pointed at.
 * Values stay text until a caller asks for a type: no {@code 1.10} becomes {@code 1.1}.
 */
final class Yaml {
  private final String file;
  private final Node node;

  private Yaml(String file, Node node) {
    this.file = file;
    this.node = node;
  }

  static Yaml parse(String file, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setAllowDuplicateKeys(false).build();
    try {
      Node root =
          new Compose(settings)
              .composeString(text)
              .orElseThrow(
                  () -> SchemaException.at(file, 1, "the file is empty", "fill or remove it"));
      return new Yaml(file, root);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(1);
      throw SchemaException.at(file, line, "not YAML: " + e.getProblem(), "correct the syntax");
    } catch (YamlEngineException e) {
      throw SchemaException.at(file, 1, "not YAML: " + e.getMessage(), "correct the syntax");
    }
  }

  int line() {
    return node.getStartMark().map(m -> m.getLine() + 1).orElse(1);
  }

  String file() {
    return file;
  }

  SchemaException refuse(String problem, String remedy) {
    return SchemaException.at(file, line(), problem, remedy);
  }

  private boolean isNull() {
    return node instanceof ScalarNode s && (s.getTag().equals(Tag.NULL) || s.getValue().isEmpty());
  }

  /** The mapping's keys in file order; an unknown key is refused, since a typo must not pass. */
  Yaml allow(String... keys) {
    Set<String> known = Set.of(keys);
    fields()
        .forEach(
            (key, value) -> {
              if (!known.contains(key)) {
                throw value.refuse(
                    "unknown key '" + key + "'", "use one of " + List.of(keys) + " or remove it");
              }
            });
    return this;
  }

  Map<String, Yaml> fields() {
    if (isNull()) {
      return Map.of();
    }
    if (!(node instanceof MappingNode mapping)) {
      throw refuse("a mapping was expected", "write 'key: value' lines here");
    }
    Map<String, Yaml> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = new Yaml(file, tuple.getKeyNode()).text();
      if (fields.put(key, new Yaml(file, tuple.getValueNode())) != null) {
        throw new Yaml(file, tuple.getKeyNode())
            .refuse("key '" + key + "' stands twice", "keep one of them");
      }
    }
    return fields;
  }

  Optional<Yaml> find(String key) {
    return Optional.ofNullable(fields().get(key)).filter(v -> !v.isNull());
  }

  Yaml get(String key) {
    return find(key)
        .orElseThrow(() -> refuse("'" + key + "' is missing", "add '" + key + ": …' here"));
  }

  List<Yaml> items() {
    if (isNull()) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      throw refuse("a list was expected", "write '- …' lines or [a, b] here");
    }
    List<Yaml> items = new ArrayList<>();
    sequence.getValue().forEach(n -> items.add(new Yaml(file, n)));
    return items;
  }

  List<Yaml> list(String key) {
    return find(key).map(Yaml::items).orElse(List.of());
  }

  List<String> texts(String key) {
    return list(key).stream().map(Yaml::text).toList();
  }

  String text() {
    if (!(node instanceof ScalarNode scalar)) {
      throw refuse("one value was expected", "write a single value here");
    }
    return scalar.getValue().strip();
  }

  String text(String key) {
    return get(key).text();
  }

  String text(String key, String otherwise) {
    return find(key).map(Yaml::text).orElse(otherwise);
  }

  String oneOf(String key, String otherwise, String... allowed) {
    Optional<Yaml> value = find(key);
    if (value.isEmpty() && otherwise != null) {
      return otherwise;
    }
    String text = text(key);
    if (!List.of(allowed).contains(text)) {
      throw get(key).refuse("'" + key + "' is '" + text + "'", "use one of " + List.of(allowed));
    }
    return text;
  }

  boolean flag(String key) {
    return oneOf(key, "false", "true", "false").equals("true");
  }

  int integer(String key, int otherwise) {
    return find(key).map(Yaml::asInteger).orElse(otherwise);
  }

  private int asInteger() {
    try {
      return Integer.parseInt(text());
    } catch (NumberFormatException e) {
      throw refuse("'" + text() + "' is not a whole number", "write digits only");
    }
  }

  private long asLong() {
    try {
      return Long.parseLong(text());
    } catch (NumberFormatException e) {
      throw refuse("'" + text() + "' is too large a number", "write it in quotes, as text");
    }
  }

  BigDecimal number(String key, BigDecimal otherwise) {
    return find(key).map(Yaml::asNumber).orElse(otherwise);
  }

  private BigDecimal asNumber() {
    try {
      return new BigDecimal(text());
    } catch (NumberFormatException e) {
      throw refuse("'" + text() + "' is not a number", "write digits, with a point if need be");
    }
  }

  Optional<LocalDate> date(String key) {
    return find(key).map(Yaml::asDate);
  }

  private LocalDate asDate() {
    try {
      return LocalDate.parse(text());
    } catch (DateTimeException e) {
      throw refuse("'" + text() + "' is not a date", "write yyyy-mm-dd");
    }
  }

  /** Plain maps, lists, text, numbers and booleans, for the free parts of a rule. */
  Object plain() {
    if (node instanceof MappingNode) {
      Map<String, Object> map = new LinkedHashMap<>();
      fields().forEach((key, value) -> map.put(key, value.plain()));
      return Collections.unmodifiableMap(map);
    }
    if (node instanceof SequenceNode) {
      return items().stream().map(Yaml::plain).toList();
    }
    if (isNull()) {
      return "";
    }
    String text = text();
    Tag tag = node.getTag();
    if (tag.equals(Tag.INT)) {
      return asLong();
    }
    if (tag.equals(Tag.FLOAT)) {
      return asNumber();
    }
    return tag.equals(Tag.BOOL) ? (Object) Boolean.valueOf(text) : text;
  }

  /** Lines of this value and of all below it, by path: {@code settings.tiers[0].from}. */
  Map<String, Integer> lines(String path) {
    Map<String, Integer> lines = new LinkedHashMap<>();
    lines.put(path, line());
    if (node instanceof MappingNode) {
      fields().forEach((key, value) -> lines.putAll(value.lines(path + "." + key)));
    } else if (node instanceof SequenceNode) {
      List<Yaml> items = items();
      for (int i = 0; i < items.size(); i++) {
        lines.putAll(items.get(i).lines(path + "[" + i + "]"));
      }
    }
    return lines;
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> plainMap(String key) {
    Optional<Yaml> value = find(key);
    if (value.isEmpty()) {
      return Map.of();
    }
    value.get().fields();
    return (Map<String, Object>) value.get().plain();
  }
}
