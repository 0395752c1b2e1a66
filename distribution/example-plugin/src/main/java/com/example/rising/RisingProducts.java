package com.example.rising;

import io.kontor.api.KontorException;
import io.kontor.api.admin.*;
import io.kontor.api.data.*;
import io.kontor.api.decision.Reason;
import io.kontor.api.job.*;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.*;
import io.kontor.api.recommend.*;
import java.io.*;
import java.text.MessageFormat;
import java.util.*;
import org.osgi.service.component.annotations.*;
import org.osgi.service.metatype.annotations.*;

/** Recommends what sells more in the latest days than in the days before: a model, a task by the clock and a page. */
@Plugin(family = Family.RECOMMEND)
@Task(id = "report", title = "%task", cron = "H 6 * * 1")
@Page(id = "rising", title = "%title")
@Designate(ocd = RisingProducts.Settings.class, factory = true)
@Component(name = "com.example.rising", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RisingProducts implements TrainedRecommender<List<RisingProducts.Trend>>, ScheduledTask, AdminPage {

    private static final long DAY = 86_400_000L;
    private final Settings settings;
    private final StoreData data;

    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/rising")
    public @interface Settings {
        @AttributeDefinition(name = "%days", description = "%days.help", min = "1", max = "365")
        int days() default 28;
    }

    /** How often a product sold lately and before; the score is the difference in standard deviations of a Poisson count. */
    public record Trend(String product, int lately, int before) {
        double score() {
            return (lately - before) / Math.sqrt(lately + before + 1.0);
        }
    }

    @Activate
    public RisingProducts(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.data = data;
    }

    private List<Trend> trends(Snapshot snapshot) {
        Map<String, Map<Long, Integer>> sales = new HashMap<>();
        long[] newest = {Long.MIN_VALUE};
        snapshot.interactions(batch -> {
            for (int row = 0; row < batch.size(); row++) {
                if ("purchase".equals(batch.texts("type")[row])) {
                    long day = Math.floorDiv(batch.times("time")[row], DAY);
                    newest[0] = Math.max(newest[0], day);
                    sales.computeIfAbsent(batch.texts("productId")[row], id -> new HashMap<>()).merge(day, 1, Integer::sum);
                }
            }
        });
        List<Trend> trends = new ArrayList<>();
        sales.forEach((product, days) -> trends.add(new Trend(product, sum(days, newest[0]), sum(days, newest[0] - settings.days()))));
        trends.sort(Comparator.comparingDouble(Trend::score).reversed().thenComparing(Trend::product));
        return List.copyOf(trends);
    }

    private int sum(Map<Long, Integer> days, long last) {
        return days.entrySet().stream().filter(day -> day.getKey() <= last && day.getKey() > last - settings.days())
                .mapToInt(Map.Entry::getValue).sum();
    }

    @Override
    public List<Trend> train(Training training) {
        List<Trend> trends = trends(training.data());
        if (trends.isEmpty()) {
            throw new KontorException(KontorException.Kind.DATA, "There are no purchases to compare; import orders first.");
        }
        return trends;
    }

    @Override
    public void write(List<Trend> model, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(model.size());
        for (Trend trend : model) {
            data.writeUTF(trend.product());
            data.writeInt(trend.lately());
            data.writeInt(trend.before());
        }
        data.flush();
    }

    @Override
    public List<Trend> read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        Trend[] trends = new Trend[data.readInt()];
        for (int i = 0; i < trends.length; i++) {
            trends[i] = new Trend(data.readUTF(), data.readInt(), data.readInt());
        }
        return List.of(trends);
    }

    @Override
    public Ranking recommend(List<Trend> model, RecommendationRequest request) {
        return new Ranking(model.stream().filter(trend -> request.eligible().test(trend.product())).limit(request.n()).map(trend ->
                new RankedItem(trend.product(), trend.score(), List.of(new Reason("rising", text(data.store().locale(), "reason",
                        trend.lately(), settings.days(), trend.before()), trend.score())))).toList());
    }

    @Override
    public Map<String, Object> run(JobContext context) {
        try (Snapshot snapshot = data.snapshot()) {
            List<String> top = trends(snapshot).stream().limit(10).map(Trend::product).toList();
            context.log("Rising most: " + String.join(", ", top));
            return Map.of("rising", top);
        }
    }

    @Override
    public PageContent render(PageRequest request) {
        Locale locale = request.locale();
        try (Snapshot snapshot = data.snapshot()) {
            List<Trend> top = trends(snapshot).stream().limit(20).toList();
            if (top.isEmpty()) {
                return new PageContent.Views(List.of(new View.Notice(View.Tone.INFO, text(locale, "nothing"))));
            }
            return new PageContent.Views(List.of(new View.BarChart(text(locale, "title"), top.stream().map(this::title).toList(),
                    top.stream().mapToDouble(Trend::lately).toArray()),
                    new View.Table(text(locale, "title"), List.of(text(locale, "product"), text(locale, "period"), text(locale, "before")),
                            top.stream().map(t -> List.of(title(t), "" + t.lately(), "" + t.before())).toList())));
        }
    }

    private String title(Trend trend) {
        return data.product(trend.product()).map(Product::title).filter(title -> !title.isEmpty()).orElse(trend.product());
    }

    private static String text(Locale locale, String key, Object... values) {
        return new MessageFormat(ResourceBundle.getBundle("OSGI-INF.l10n.rising", locale, RisingProducts.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)).getString(key), locale).format(values);
    }
}
