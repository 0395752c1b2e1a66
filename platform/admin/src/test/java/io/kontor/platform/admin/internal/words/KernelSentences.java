package io.kontor.platform.admin.internal.words;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads out of the kernel's source what it may say to an operator: texts of several words, with a hole for each value. */
final class KernelSentences {

    /** Stands for a value. */
    static final String HOLE = "{}";

    private static final List<String> MODULES = List.of("jobs", "models", "plugins", "stores", "data", "decisions", "monitoring",
            "security", "persistence");
    private static final Pattern WORDS = Pattern.compile("[A-Za-z][a-z]+[:,;.]? [^=?<>]*[a-z]{2,}[^=?<>]*", Pattern.DOTALL);
    private static final Pattern SQL = Pattern.compile(
            "(?i)^(\\n|type not in |\\s*(select|insert|update|delete|where|and|set|order by) |cast\\(|\\(store|\\(?case |\\s*then 1 )| = [?:]"
            + "|order by id desc|^\\w+(, \\w+){4,}$");
    /** For programmers, for the log, or said by its own words in the pages. */
    private static final Set<String> NOT_SAID = Set.of(
            "IllegalArgumentException", "IllegalStateException", "UncheckedIOException", "IOException", "SQLException",
            "XMLStreamException", "CancellationException", "TimeoutException", "ScheduleRefusedException", "Principal", "misfit",
            "Misfit.of", "System.out.println", "Thread", "Check", "AssertionError");
    /** Where the server starts or SQL is made: nothing of it reaches a page. */
    private static final Set<String> NOT_READ = Set.of("ConnectionPool", "ConnectionUrl", "Migrations", "QualityChecks", "Inspection",
            "QualityTable", "DailySeries", "TablePages", "StoreStock", "KeptShelf", "CopyBulkInsert", "ProblemTable", "ExperimentUnits",
            "MeasureTable", "KeptMeasures", "ServedTable", "DecisionTable");

    private KernelSentences() {
    }

    /** All of them, each with the file that it is in, for example {@code JobStore: The server stopped {} times}. */
    static Set<String> read() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Set<String> found = new TreeSet<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
                    files.getJavaFileObjectsFromPaths(sources()));
            for (CompilationUnitTree unit : task.parse()) {
                new Reader(found).scan(unit, null);
            }
        }
        return found;
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> all = Files.walk(Path.of("..", module, "src/main/java"))) {
                all.filter(path -> path.toString().endsWith(".java") && !path.endsWith("package-info.java")
                        && !NOT_READ.contains(path.getFileName().toString().replace(".java", ""))).forEach(sources::add);
            }
        }
        return sources;
    }

    private static final class Reader extends TreePathScanner<Void, Void> {

        private final Set<String> found;

        Reader(Set<String> found) {
            this.found = found;
        }

        @Override
        public Void visitBinary(BinaryTree tree, Void nothing) {
            if (tree.getKind() != Tree.Kind.PLUS) {
                return super.visitBinary(tree, nothing);
            }
            note(tree);
            inside(tree);
            return null;
        }

        @Override
        public Void visitLiteral(LiteralTree tree, Void nothing) {
            note(tree);
            return null;
        }

        @Override
        public Void visitAnnotation(AnnotationTree tree, Void nothing) {
            return null;
        }

        /** Goes on in what a text is put together from. */
        private void inside(ExpressionTree tree) {
            if (tree instanceof ParenthesizedTree inner) {
                inside(inner.getExpression());
            } else if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
                inside(sum.getLeftOperand());
                inside(sum.getRightOperand());
            } else if (tree instanceof ConditionalExpressionTree choice) {
                inside(choice.getTrueExpression());
                inside(choice.getFalseExpression());
            } else if (!(tree instanceof LiteralTree)) {
                scan(tree, null);
            }
        }

        private void note(ExpressionTree tree) {
            String context = context();
            if (!context.startsWith("LOG.") && !context.startsWith("log.failed") && !NOT_SAID.contains(context)) {
                for (String text : texts(tree)) {
                    if (WORDS.matcher(text.replace(HOLE, "")).find() && !SQL.matcher(text).find()) {
                        String file = getCurrentPath().getCompilationUnit().getSourceFile().getName();
                        found.add(Path.of(file).getFileName().toString().replace(".java", "") + ": " + text);
                    }
                }
            }
        }

        /** The call or constructor that gets the text. */
        private String context() {
            for (TreePath path = getCurrentPath(); path != null; path = path.getParentPath()) {
                if (path.getLeaf() instanceof NewClassTree made) {
                    return made.getIdentifier().toString();
                } else if (path.getLeaf() instanceof MethodInvocationTree call) {
                    return call.getMethodSelect().toString();
                } else if (path.getLeaf() instanceof StatementTree) {
                    return "";
                }
            }
            return "";
        }

        /** What an expression may say: several texts where it chooses. */
        private static List<String> texts(ExpressionTree tree) {
            if (tree instanceof ParenthesizedTree inner) {
                return texts(inner.getExpression());
            } else if (tree instanceof LiteralTree literal) {
                return List.of(literal.getValue() instanceof String || literal.getValue() instanceof Character ? literal.getValue().toString()
                        : HOLE);
            } else if (tree instanceof ConditionalExpressionTree choice) {
                List<String> both = new ArrayList<>(texts(choice.getTrueExpression()));
                both.addAll(texts(choice.getFalseExpression()));
                return both;
            } else if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
                List<String> all = new ArrayList<>();
                for (String left : texts(sum.getLeftOperand())) {
                    texts(sum.getRightOperand()).forEach(right -> all.add(left + right));
                }
                return all;
            }
            return List.of(HOLE);
        }
    }
}
