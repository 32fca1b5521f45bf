package org.ridgeline.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code report.html}: an {@link HtmlPage} made from the other files of the run alone. */
public final class ReportHtml {
  private ReportHtml() {}

  /**
   * Returns the file.
   *
   * @param next the command that uses the run; an empty text for none
   */
  public static byte[] of(RunFiles run, String next) {
    List<Map<String, Object>> sections = new ArrayList<>();
    List<Map<String, Object>> data = new ArrayList<>();
    for (String target : run.targets()) {
      sections.add(new HtmlTarget(run, target, sections.size()).view());
      data.add(PlotData.of(run, target));
    }
    Map<String, Object> page = new LinkedHashMap<>(new HtmlHeader(run, next).view());
    page.put("targets", sections);
    page.put("single", sections.size() == 1);
    page.put("cards", sections.get(0).get("cards"));
    page.put("verdict", sections.get(0).get("verdict"));
    return HtmlPage.of("report", page, data);
  }
}
