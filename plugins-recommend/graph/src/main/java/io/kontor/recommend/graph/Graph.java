package io.kontor.recommend.graph;

import io.kontor.api.choice.Choices;
import io.kontor.api.choice.SparseMatrix;

/**
 * The graph: nodes are products, then actors without names, then features. A step from a product goes with the share of attributes to one of
 * its features, all alike, and else to an actor, as much as the choice counts; where it has only one kind, there. A step from an actor goes to
 * a product, as much as the choice counts; one from a feature to any product that has it. Immutable.
 *
 * @param features the products and what they have in common
 * @param actors a row an actor, a column a product
 * @param byProduct the same, turned
 * @param owners a row a feature, a column a product
 * @param attributes the share of attributes, 0 to 1
 * @param sums by product, then actor: the sum of the choices' weights
 */
record Graph(Features features, SparseMatrix actors, SparseMatrix byProduct, SparseMatrix owners, double attributes, double[] sums) {

    static Graph of(Choices choices, Features features, double attributes) {
        SparseMatrix chosen = choices.matrix();
        int products = features.items().size();
        double[] sums = new double[products + chosen.rows()];
        int[] starts = new int[chosen.rows() + 1];
        int[] cells = new int[chosen.size()];
        float[] weights = new float[chosen.size()];
        for (int actor = 0; actor < chosen.rows(); actor++) {
            for (int c = chosen.start(actor); c < chosen.start(actor + 1); c++) {
                cells[c] = chosen.column(c);
                weights[c] = chosen.value(c);
                sums[cells[c]] += weights[c];
                sums[products + actor] += weights[c];
            }
            starts[actor + 1] = chosen.start(actor + 1);
        }
        SparseMatrix actors = new SparseMatrix(products, starts, cells, weights);
        return new Graph(features, actors, actors.transposed(), features.rows().transposed(), attributes, sums);
    }

    int products() {
        return features.items().size();
    }

    int nodes() {
        return products() + actors.rows() + owners.rows();
    }

    double sum(int product) {
        return sums[product];
    }

    boolean[] chosen() {
        boolean[] chosen = new boolean[products()];
        for (int product = 0; product < chosen.length; product++) {
            chosen[product] = sums[product] > 0;
        }
        return chosen;
    }

    int edges(int node) {
        if (node < products()) {
            return byProduct.length(node) + features.rows().length(node);
        }
        int actor = node - products();
        return actor < actors.rows() ? actors.length(actor) : owners.length(actor - actors.rows());
    }

    /** Who hears of a step. */
    interface Step {

        void to(int node, double probability);
    }

    void steps(int node, Step step) {
        int products = products();
        if (node >= products + actors.rows()) {
            int feature = node - products - actors.rows();
            spread(owners, feature, 0, 1.0 / owners.length(feature), step);
        } else if (node >= products) {
            spread(actors, node - products, 0, 1 / sums[node], step);
        } else {
            int own = features.rows().length(node);
            double through = own == 0 ? 0 : sums[node] == 0 ? 1 : attributes;
            if (through < 1 && sums[node] > 0) {
                spread(byProduct, node, products, (1 - through) / sums[node], step);
            }
            if (through > 0) {
                spread(features.rows(), node, products + actors.rows(), through / own, step);
            }
        }
    }

    private static void spread(SparseMatrix rows, int row, int offset, double factor, Step step) {
        for (int c = rows.start(row); c < rows.start(row + 1); c++) {
            step.to(offset + rows.column(c), factor * rows.value(c));
        }
    }
}
