package io.kontor.platform.admin.internal.words;

import io.kontor.platform.admin.internal.models.Metric;
import io.kontor.platform.admin.internal.shell.Visit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says the kernel's English sentences in the visitor's language. The kernel keeps and sends one plain English sentence: in jobs, logs, verdicts
 * and exceptions. All of them stand with a code in {@code texts/said.properties}; a sentence is matched with that list, which gives its code and
 * its arguments, and is said again in the words of the code, with plugins by their titles. So what was kept before a text was added or mended is
 * said in every language too. Sentences that are not in the list are a plugin's own, and stay as they are. A test holds the list against all
 * sentences in the kernel's source.
 */
public final class Sentences {

    private static final String PREFIX = "said.";
    private static final int LONGEST = 2_000;
    private static final Pattern HOLE = Pattern.compile("\\{(\\d)(?::(\\w+))?}");
    private static final Pattern PLUGIN = Pattern.compile("[A-Za-z][\\w-]*(?:\\.[\\w-]+)+");
    private static final List<Known> ALL = read();

    private final Visit visit;
    private final BiFunction<Visit, String, Optional<String>> titles;
    private final Map<String, Optional<String>> found = new HashMap<>();

    /** A sentence: its code, the texts around its arguments, and of which kind the arguments are. */
    private record Known(String code, List<String> texts, List<String> kinds, int letters) {
    }

    /**
     * For one visitor and one thread.
     *
     * @param visit the request
     * @param titles the title of a plugin by its id, empty when there is none
     */
    public Sentences(Visit visit, BiFunction<Visit, String, Optional<String>> titles) {
        this.visit = visit;
        this.titles = titles;
    }

    private static List<Known> read() {
        ResourceBundle english = ResourceBundle.getBundle("texts.said", Locale.ROOT, Sentences.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        List<Known> all = new ArrayList<>();
        for (String code : english.keySet()) {
            List<String> texts = new ArrayList<>();
            List<String> kinds = new ArrayList<>();
            Matcher hole = HOLE.matcher(english.getString(code));
            int end = 0;
            for (; hole.find(); end = hole.end()) {
                texts.add(english.getString(code).substring(end, hole.start()));
                kinds.add(hole.group(2) == null ? "" : hole.group(2));
            }
            texts.add(english.getString(code).substring(end));
            all.add(new Known(code, texts, kinds, texts.stream().mapToInt(String::length).sum()));
        }
        // What says most by itself comes first, and what has an end before what goes on with anything.
        all.sort(Comparator.comparing((Known each) -> each.texts.get(each.kinds.size()).isEmpty()).thenComparing(each -> -each.letters)
                .thenComparing(Known::code));
        return all;
    }

    /**
     * Says a sentence, or several one after the other.
     *
     * @param sentence what the kernel or a plugin said; may be null
     * @return the same in the visitor's language as far as the kernel said it; empty for null
     */
    public String say(String sentence) {
        if (sentence == null || sentence.isBlank() || sentence.length() > LONGEST) {
            return sentence == null ? "" : sentence;
        }
        return known(sentence).orElse(sentence);
    }

    /** The code of a sentence; empty when the kernel has none like it. */
    Optional<String> code(String sentence) {
        return ALL.stream().filter(each -> match(each, sentence).isPresent()).map(each -> each.code.substring(PREFIX.length())).findFirst();
    }

    private Optional<String> known(String sentence) {
        Optional<String> before = found.get(sentence);
        if (before != null) {
            return before;
        }
        // What is being looked at does not explain itself.
        found.put(sentence, Optional.empty());
        Optional<String> said = oneByOne(sentence).or(() -> whole(sentence));
        found.put(sentence, said);
        return said;
    }

    /** Several sentences, the first of which is known by itself. */
    private Optional<String> oneByOne(String sentences) {
        for (int dot = sentences.indexOf(". "); dot > 0; dot = sentences.indexOf(". ", dot + 1)) {
            Optional<String> first = whole(sentences.substring(0, dot + 1));
            if (first.isPresent()) {
                String rest = sentences.substring(dot + 2);
                return Optional.of(first.get() + (first.get().endsWith(".") ? " " : "") + known(rest).orElse(rest));
            }
        }
        return Optional.empty();
    }

    private Optional<String> whole(String sentence) {
        for (Known each : ALL) {
            Optional<List<String>> values = match(each, sentence);
            if (values.isPresent()) {
                List<String> arguments = new ArrayList<>();
                for (int i = 0; i < each.kinds.size(); i++) {
                    arguments.add(argument(each.kinds.get(i), values.get().get(i)));
                }
                return Optional.of(HOLE.matcher(visit.text(each.code)).replaceAll(hole ->
                        Matcher.quoteReplacement(arguments.get(Integer.parseInt(hole.group(1))))));
            }
        }
        return Optional.empty();
    }

    private Optional<List<String>> match(Known known, String sentence) {
        String first = known.texts.get(0);
        if (!sentence.startsWith(first) || sentence.length() < known.letters + known.kinds.size()) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        return match(known, 0, sentence, first.length(), values) ? Optional.of(values) : Optional.empty();
    }

    /** Tries every place where the text behind a value is found, as the value may contain it. */
    private boolean match(Known known, int hole, String sentence, int from, List<String> values) {
        if (hole == known.kinds.size()) {
            return from == sentence.length();
        }
        String next = known.texts.get(hole + 1);
        boolean last = hole + 1 == known.kinds.size();
        int at = last ? sentence.length() - next.length() : sentence.indexOf(next, from + 1);
        while (at > from && sentence.startsWith(next, at)) {
            String value = sentence.substring(from, at);
            values.add(value);
            if (match(known, hole + 1, sentence, at + next.length(), values)
                    && fits(known.kinds.get(hole), value)) {
                return true;
            }
            values.subList(hole, values.size()).clear();
            at = last ? -1 : sentence.indexOf(next, at + 1);
        }
        return false;
    }

    private boolean fits(String kind, String value) {
        return switch (kind) {
            case "said" -> part(value).isPresent();
            case "word" -> value.indexOf(' ') < 0;
            default -> true;
        };
    }

    private String argument(String kind, String value) {
        return switch (kind) {
            case "metric" -> Metric.label(visit, value);
            case "family" -> Names.family(visit, value);
            case "entity" -> visit.textOr("records.entity." + value, value);
            default -> part(value).orElseGet(() -> title(value));
        };
    }

    /** A sentence within another, which may have lost its full stop to it. */
    private Optional<String> part(String value) {
        return known(value).or(() -> known(value + ".").map(said -> said.replaceFirst("[.。]$", "")));
    }

    private String title(String value) {
        return PLUGIN.matcher(value).matches() ? titles.apply(visit, value).orElse(value) : value;
    }
}
