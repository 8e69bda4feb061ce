package credit.jobs.cli;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.WarehouseLock;
import credit.models.Evaluation;
import credit.models.ModelFile;
import credit.models.ModelRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code model}: the registry of risk models. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    description = "Lists, shows and approves risk models. A score steers inspection, nothing else.",
    footer = {"", "Example: ./credit model list"})
final class ModelCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Models, champion marked.")
  int list(@Mixin CommonOptions options) {
    ModelRegistry registry = registry(options);
    String champion = registry.champion().map(ModelRegistry.Decision::model).orElse("");
    Tabular.print(
        List.of("model", "champion", "trained as of", "AUC", "base rate"),
        registry.ids().stream()
            .map(registry::load)
            .map(
                m ->
                    List.of(
                        m.id(),
                        m.id().equals(champion) ? "yes" : "",
                        m.provenance().asOf().toString(),
                        evaluated(m, e -> e.ranking().auc()),
                        evaluated(m, Evaluation::baseRate)))
            .toList(),
        options.json);
    return 0;
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "A model's card.")
  int show(
      @Mixin CommonOptions options,
      @Parameters(paramLabel = "ID", arity = "0..1", description = "default: the champion")
          String id) {
    ModelRegistry registry = registry(options);
    String chosen =
        id != null ? id : registry.champion().map(ModelRegistry.Decision::model).orElse(null);
    if (chosen == null) {
      throw Failure.usage("there is no champion yet; './credit run' makes one");
    }
    Output.line(card(load(registry, chosen)));
    return 0;
  }

  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description = "Makes a model the champion; name and reason go on record.")
  int approve(
      @Mixin CommonOptions options,
      @Parameters(paramLabel = "ID", description = "the model, as './credit model list' names it")
          String id,
      @Option(
              names = "--by",
              required = true,
              paramLabel = "NAME",
              description = "who answers for it")
          String approver,
      @Option(
              names = "--reason",
              required = true,
              paramLabel = "TEXT",
              description = "why it is better than the one before")
          String reason) {
    try (WarehouseLock lock =
        WarehouseLock.take(options.warehouse().existing(), "model approve", options.clock())) {
      ModelRegistry registry = registry(options);
      load(registry, id);
      registry.approve(id, approver, reason, options.clock().instant());
      Output.line(id + " is the champion; the next run scores with it");
      return lock == null ? 1 : 0;
    }
  }

  private static String evaluated(ModelFile model, ToDoubleFunction<Evaluation> figure) {
    return model.evaluation() == null
        ? ""
        : "%.3f".formatted(figure.applyAsDouble(model.evaluation()));
  }

  private static ModelRegistry registry(CommonOptions options) {
    return new ModelRegistry(options.warehouse().existing().models());
  }

  private static ModelFile load(ModelRegistry registry, String id) {
    if (!registry.ids().contains(id)) {
      throw Failure.usage("there is no model '%s'; './credit model list' names them", id);
    }
    return registry.load(id);
  }

  private static String card(ModelFile model) {
    return model.card().markdown();
  }
}
