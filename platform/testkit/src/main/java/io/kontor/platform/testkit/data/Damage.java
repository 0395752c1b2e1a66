package io.kontor.platform.testkit.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/**
 * The ways in which shop exports come damaged. Each takes a good table and gives the bytes of a file; about every fifth row is hit, by a
 * seed, or the file as a whole.
 */
public enum Damage {
    /** The file is Latin-1, not UTF-8; a name in it has an umlaut. */
    LATIN1(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return hit(table, random, columns.text(), text -> text + "ü").csv(',').getBytes(StandardCharsets.ISO_8859_1);
        }
    },
    /** The file is UTF-16 with a byte order mark. */
    UTF16(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return table.csv(',').getBytes(StandardCharsets.UTF_16);
        }
    },
    /** UTF-8 with a byte order mark. */
    BYTE_ORDER_MARK(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return ("\ufeff" + table.csv(',')).getBytes(StandardCharsets.UTF_8);
        }
    },
    /** A field opens a quote and does not close it. */
    UNBALANCED_QUOTE(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            String[] lines = table.csv(',').split("\n", -1);
            lines[lines.length / 2] = "\"" + lines[lines.length / 2];
            return utf8(String.join("\n", lines));
        }
    },
    /** Texts have line ends and quotes in them, as they may. */
    EMBEDDED_NEWLINES(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return utf8(hit(table, random, columns.text(), text -> text + "\nsays \"more\"\r\nthan, that").csv(','));
        }
    },
    /** Days such as 03/04/2025, of which nobody knows whether they mean March or April. */
    AMBIGUOUS_DATES(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return utf8(hit(table, random, columns.time(), time -> "03/04/2025").csv(','));
        }
    },
    /** Days that do not exist. */
    INVALID_DATES(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return utf8(hit(table, random, columns.time(), time -> "2025-02-30 25:61:00").csv(','));
        }
    },
    /** Times in the way of another system. */
    OTHER_DATE_FORMAT(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return utf8(hit(table, random, columns.time(), time -> "Mon, 31. März 2025 um 12 Uhr").csv(','));
        }
    },
    /** Numbers with a decimal comma. */
    DECIMAL_COMMA(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return utf8(hit(table, random, columns.number(), number -> "12,34").csv(','));
        }
    },
    /** Numbers with thousands separators and a currency. */
    THOUSANDS(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return utf8(hit(table, random, columns.number(), number -> "€ 1,234.56").csv(','));
        }
    },
    /** Every row is there twice. */
    DUPLICATES(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            List<List<String>> twice = new ArrayList<>(table.rows());
            twice.addAll(table.rows());
            return utf8(new CsvTable(table.header(), twice).csv(','));
        }

        @Override
        public int rows(CsvTable table) {
            return 2 * table.rows().size();
        }
    },
    /** Prices below zero. */
    NEGATIVE_PRICES(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return utf8(hit(table, random, columns.number(), number -> "-" + number).csv(','));
        }
    },
    /** Ids of things that nobody knows. */
    UNKNOWN_IDS(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return utf8(hit(table, random, columns.id(), id -> "ghost-" + random.nextInt(1_000_000)).csv(','));
        }
    },
    /** The id's column is missing. */
    MISSING_COLUMN(true) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return utf8(columns(table, (row, column) -> column == columns.id() ? List.of() : List.of(row.get(column))).csv(','));
        }
    },
    /** Columns that nobody has asked for. */
    EXTRA_COLUMNS(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            CsvTable wide = columns(table, (row, column) -> column == 0 ? List.of(row == table.header() ? "Σ extra" : "x", row.get(0),
                    row == table.header() ? "Unnamed: 0" : "") : List.of(row.get(column)));
            return utf8(wide.csv(','));
        }
    },
    /** One line of ten megabytes. */
    LONG_LINE(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            String[] lines = table.csv(',').split("\n", -1);
            lines[lines.length / 2] = lines[lines.length / 2] + "x".repeat(10 << 20);
            return utf8(String.join("\n", lines));
        }
    },
    /** A gzip file of which the end is missing. */
    TRUNCATED_GZIP(true) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(utf8(table.csv(',')));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Arrays.copyOf(bytes.toByteArray(), bytes.size() * 2 / 3);
        }
    },
    /** NUL bytes in texts. */
    NUL_BYTES(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return utf8(hit(table, random, columns.text(), text -> text + "\0\0").csv(','));
        }
    },
    /** Lines that end with CRLF, LF and CR by turns, with empty ones between. */
    MIXED_LINE_ENDS(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            StringBuilder text = new StringBuilder();
            String[] ends = {"\r\n", "\n", "\r", "\n\n", "\r\n\r\n"};
            for (String line : table.csv(',').split("\n")) {
                text.append(line).append(ends[random.nextInt(ends.length)]);
            }
            return utf8(text.toString());
        }
    },
    /** Numbers beyond every range. */
    HUGE_NUMBERS(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return utf8(hit(table, random, columns.number(), number -> "9".repeat(400)).csv(','));
        }
    },
    /** Nothing at all. */
    EMPTY_FILE(true) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return new byte[0];
        }
    },
    /** A header and no row. */
    HEADER_ONLY(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return utf8(new CsvTable(table.header(), List.of()).csv(','));
        }

        @Override
        public int rows(CsvTable table) {
            return 0;
        }
    },
    /** Semicolons where commas are expected. */
    WRONG_DELIMITER(true) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return utf8(table.csv(';'));
        }
    },
    /** Blanks, tabs and no-break spaces around values. */
    WHITESPACE(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            CsvTable blank = hit(table, random, columns.number(), number -> " \t" + number + "  ");
            return utf8(hit(blank, random, columns.time(), time -> "  " + time + "\u00a0").csv(','));
        }
    },
    /** The values of two columns have changed places. */
    SWAPPED_COLUMNS(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            CsvTable swapped = columns(table, (row, column) -> List.of(row == table.header() ? row.get(column)
                    : row.get(column == columns.number() ? columns.time() : column == columns.time() ? columns.number() : column)));
            return utf8(swapped.csv(','));
        }
    },
    /** Times a century ahead. */
    FUTURE_DATES(false) {
        @Override
        byte[] write(CsvTable table, Columns columns, Random random) {
            return utf8(hit(table, random, columns.time(), time -> "2999-01-01T00:00:00Z").csv(','));
        }
    };

    private final boolean whole;

    Damage(boolean whole) {
        this.whole = whole;
    }

    /**
     * Which columns are hit, by index.
     *
     * @param id what names the row's thing
     * @param text any text
     * @param number a price or another number that is not below 0
     * @param time a time or a day
     */
    public record Columns(int id, int text, int number, int time) {
    }

    /** Takes the place of a column. */
    @FunctionalInterface
    private interface Replacement {

        List<String> of(List<String> row, int column);
    }

    /**
     * Whether the file must be refused as a whole, as nobody could say what its rows mean.
     *
     * @return false when each row is to be judged by itself
     */
    public boolean whole() {
        return whole;
    }

    /**
     * How many rows the damaged file has.
     *
     * @param table the good table
     * @return rows to be accounted for, unless the file is refused
     */
    public int rows(CsvTable table) {
        return table.rows().size();
    }

    /**
     * The damaged file.
     *
     * @param table the good table
     * @param columns which columns are hit
     * @param seed which rows are hit
     * @return its bytes
     */
    public byte[] of(CsvTable table, Columns columns, long seed) {
        return write(table, columns, new Random(seed));
    }

    abstract byte[] write(CsvTable table, Columns columns, Random random);

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static CsvTable hit(CsvTable table, Random random, int column, UnaryOperator<String> change) {
        List<List<String>> rows = new ArrayList<>();
        for (List<String> row : table.rows()) {
            List<String> changed = new ArrayList<>(row);
            if (random.nextInt(5) == 0) {
                changed.set(column, change.apply(row.get(column)));
            }
            rows.add(changed);
        }
        return new CsvTable(table.header(), rows);
    }

    private static CsvTable columns(CsvTable table, Replacement replacement) {
        return new CsvTable(replaced(table.header(), replacement), table.rows().stream().map(row -> replaced(row, replacement)).toList());
    }

    private static List<String> replaced(List<String> row, Replacement replacement) {
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            changed.addAll(replacement.of(row, i));
        }
        return changed;
    }
}
