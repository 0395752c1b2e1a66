package io.kontor.platform.admin.internal.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.shell.Visits;
import io.kontor.platform.security.Role;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the kernel says, in the visitor's language. */
class SentencesTest {

    private static final Map<String, String> TITLES = Map.of("io.kontor.recommend.most-popular", "最受欢迎");
    /** Said from where the source is not read for sentences: a statement, an exception within another, texts of the jobs. */
    private static final Set<String> ELSEWHERE = Set.of("said.job.cancelled-waiting", "said.json.value", "said.rule.header",
            "said.verdict.passed-unknown", "said.verdict.passed-alone",
            "said.schedule.disabled");

    private final Sentences chinese = sentences(Locale.SIMPLIFIED_CHINESE);
    private final Sentences english = sentences(Locale.ENGLISH);

    private static Sentences sentences(Locale locale) {
        Visit visit = Visits.of(Role.VIEWER, locale, Map.of());
        return new Sentences(visit, (any, plugin) -> Optional.ofNullable(TITLES.get(plugin)));
    }

    private static Properties texts(String file) throws IOException {
        Properties texts = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("src/main/resources/texts", file))) {
            texts.load(in);
        }
        return texts;
    }

    /** The texts around the values: how a sentence of the source is compared with one of the list, where its values have numbers and kinds. */
    private static List<String> around(String text) {
        return Arrays.stream(text.split("\\{(\\d(:\\w+)?)?}")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    @Test
    void everySentenceOfTheKernelHasACode() throws IOException {
        Set<List<String>> known = texts("said.properties").values().stream().map(text -> around((String) text)).collect(Collectors.toSet());
        List<String> without = new ArrayList<>();
        for (String found : KernelSentences.read()) {
            if (!known.contains(around(found.substring(found.indexOf(": ") + 2)))) {
                without.add(found);
            }
        }
        assertEquals("", String.join("\n", without), "to be added to said.properties and said_zh.properties");
    }

    @Test
    void everyCodeIsStillSaidSomewhere() throws IOException {
        Set<List<String>> said = new HashSet<>();
        for (String found : KernelSentences.read()) {
            said.add(around(found.substring(found.indexOf(": ") + 2)));
        }
        List<String> stale = texts("said.properties").entrySet().stream().filter(each -> ((String) each.getValue()).length() > 24)
                .filter(each -> !ELSEWHERE.contains(each.getKey()) && !said.contains(around((String) each.getValue())))
                .map(each -> each.getKey() + "=" + each.getValue()).sorted().toList();
        assertEquals("", String.join("\n", stale), "the kernel does not say this any more");
    }

    @Test
    void everySentenceIsFoundByItsOwnCode() throws IOException {
        for (Map.Entry<Object, Object> each : texts("said.properties").entrySet()) {
            if (!((String) each.getValue()).contains(":said}")) {
                String sentence = ((String) each.getValue()).replaceAll("\\{(\\d)(:\\w+)?}", "x$1y");
                String found = english.code(sentence).orElseThrow(() -> new AssertionError(each.getKey() + " is not found"));
                assertEquals(texts("said_zh.properties").getProperty("said." + found), texts("said_zh.properties").get(each.getKey()),
                        () -> each.getKey() + " is taken for " + found);
            }
        }
    }

    @Test
    void verdictsNamePluginsAndMetricsAsPeopleDo() {
        String verdict = "Not promoted: clearly worse than the baseline io.kontor.recommend.most-popular (ndcg@10 0.0500 against 0.5500 on "
                + "4 held-out cases).";
        String said = chinese.say(verdict);
        assertTrue(said.startsWith("未启用：明显差于基线“最受欢迎”（"), said);
        assertTrue(said.endsWith("0.0500 对 0.5500，共 4 个留出样本）。"), said);
        assertTrue(english.say(verdict).startsWith("Not promoted: clearly worse than the baseline 最受欢迎 ("), english.say(verdict));
    }

    @Test
    void saysSentencesWithinSentencesAndSeveralOneAfterTheOther() {
        assertEquals("插件包 a/1.0.0 无法解析。它需要版本为 [2,3) 的包 x.y，没有已安装的插件包提供。另有 2 项。",
                chinese.say("The bundle a/1.0.0 cannot be resolved. It needs the package x.y in version [2,3), which no installed "
                        + "bundle offers. And 2 more."));
        assertEquals("它需要版本为 [2,3) 的包 x.y；已安装的是 1.0.0。",
                chinese.say("It needs the package x.y in version [2,3); installed is 1.0.0."));
        assertEquals("“最受欢迎”未在 300 毫秒内回答；改由“a”回答。",
                chinese.say("io.kontor.recommend.most-popular did not answer within 300 ms; a answered instead."));
        assertEquals("等待中：需要此店铺的服务 Forecasts和服务 Clock。",
                chinese.say("Waiting: needs the service Forecasts for this store and the service Clock."));
        assertEquals("用全部数据训练：tree 3 of 10", chinese.say("training on all data: tree 3 of 10"));
    }

    @Test
    void whatAPluginSaysStays() {
        for (String own : List.of("Fitting tree 3 of 10", "Too cold: 3 degrees.", "数据不足。", "")) {
            assertEquals(own, chinese.say(own));
            assertEquals(own, english.say(own));
        }
        assertEquals("", chinese.say(null));
    }
}
