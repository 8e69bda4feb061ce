package credit.jobs.cli;

import java.util.Set;
import picocli.CommandLine.Command;

/**
 * The approval side's questions, for the list of commands only: {@link Main} hands them to the
 * client's own command line, word for word, so that this jar answers as the small one does.
 */
final class ApprovalCommand {
  static final Set<String> NAMES = Set.of("check", "serve", "audit");

  private ApprovalCommand() {}

  @Command(name = "check", description = "May this firm use the simplified handling?")
  static final class Check {}

  @Command(name = "serve", description = "The same over HTTP.")
  static final class Serve {}

  @Command(name = "audit", description = "The log of answers: verify it, prove one.")
  static final class Audit {}
}
