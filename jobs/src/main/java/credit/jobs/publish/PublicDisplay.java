package credit.jobs.publish;

import credit.jobs.warehouse.Run;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What stands before the public. Only a publication that passed its gates puts something up; any
 * run that knows that something may no longer be shown takes it down.
 */
final class PublicDisplay {
  private final PublicFolder folder;
  private final PublicPage page;

  PublicDisplay(PublicFolder folder, PublicPage page) {
    this.folder = folder;
    this.page = page;
  }

  static PublicDisplay of(Run run) {
    return new PublicDisplay(
        new PublicFolder(run.warehouse().published().resolve("public")),
        new PublicPage(run.schemas()));
  }

  /** Shows a face in place of the one that stands. */
  void show(long version, Statement statement, PublicFace face) {
    Map<String, byte[]> files = new LinkedHashMap<>(face.files());
    files.put(PublicPage.FILE, page.render(face, version, statement));
    folder.replace(version, files);
  }

  /** The face that stands; an empty one where there is none. */
  PublicFace standing() {
    return PublicFace.read(folder.standing());
  }

  /** Takes down what a newer face shows no more; nothing is added. */
  void takeDown(Version inForce, PublicFace newer) {
    takeDown(inForce, standing -> standing.stillIn(newer));
  }

  /** Takes down what may not be shown on a day any more. */
  void takeDownEnded(Version inForce, LocalDate day) {
    takeDown(inForce, standing -> standing.on(day));
  }

  private void takeDown(Version inForce, UnaryOperator<PublicFace> kept) {
    Map<String, byte[]> standing = folder.standing();
    if (!standing.isEmpty()) {
      show(
          inForce.manifest().version(),
          Statement.of(inForce.manifest()),
          kept.apply(PublicFace.read(standing)));
    }
  }
}
