package io.kontor.distribution.browser;

import io.kontor.platform.testkit.server.BundleForge;
import java.util.Map;

/** A plugin that says hostile things wherever plugins have a say: in titles, settings, reasons and on a page of its own. */
final class HostilePlugin {

    /** Its id and the name of its bundle. */
    static final String ID = "com.acme.hostile";

    private HostilePlugin() {
    }

    static byte[] bundle() {
        String source = """
                package com.acme.hostile;

                import io.kontor.api.admin.*;
                import io.kontor.api.decision.Reason;
                import io.kontor.api.plugin.Plugin;
                import io.kontor.api.recommend.*;
                import java.util.*;
                import org.osgi.service.component.annotations.*;
                import org.osgi.service.metatype.annotations.*;

                @Plugin(family = "recommend")
                @Page(id = "hostile", title = Hostile.TEXT)
                @Designate(ocd = Hostile.Settings.class, factory = true)
                @Component(name = "com.acme.hostile", configurationPolicy = ConfigurationPolicy.REQUIRE)
                public class Hostile implements Recommender, AdminPage {

                    static final String TEXT = %s;
                    static final List<String> TEXTS = List.of(%s);

                    @ObjectClassDefinition(name = Hostile.TEXT, description = Hostile.TEXT)
                    public @interface Settings {
                        @AttributeDefinition(name = Hostile.TEXT, description = Hostile.TEXT)
                        String greeting() default Hostile.TEXT;
                    }

                    @Override
                    public Ranking recommend(RecommendationRequest request) {
                        List<RankedItem> items = new ArrayList<>();
                        for (String text : TEXTS) {
                            items.add(new RankedItem("h" + 2 * items.size(), 9 - items.size(), List.of(new Reason("hostile", text, 1))));
                        }
                        return new Ranking(items);
                    }

                    @Override
                    public PageContent render(PageRequest request) {
                        String all = String.join(" ", TEXTS);
                        if (request.parameters().containsKey("html")) {
                            return new PageContent.HtmlFragment(all + "<a href='javascript:window.ran=1' onclick='window.ran=1'>here</a>");
                        }
                        double[] one = {1};
                        return new PageContent.Views(List.of(new View.Facts(all, List.of(all), List.of(all)),
                                new View.Table(all, List.of(all), List.of(List.of(all))), new View.Text(all, List.of(all)),
                                new View.BarChart(all, List.of(all), one),
                                new View.LineChart(all, List.of(all), List.of(new View.Line(all, one))),
                                new View.Form(all, List.of(new View.Field("html", all, all, List.of())), all)));
                    }
                }
                """.formatted(literal(HostileStore.TEXTS.get(1)),
                String.join(", ", HostileStore.TEXTS.stream().map(HostilePlugin::literal).toList()));
        return BundleForge.bundle(ID, "1.0.0", Map.of("com.acme.hostile.Hostile", source), Map.of());
    }

    private static String literal(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
