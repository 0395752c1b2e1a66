package io.kontor.recommend.sessionknn;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.TopItems;

/**
 * The past sessions that are most like a running one, and what they say. With p(i) the place of product i in its session and l the number of
 * products of a session, a past session n is as near to the running session s as
 *
 * <pre>near(n) = ( sum over i in both of exp(-(l(s) - 1 - p(i)) / a) ) / sqrt(l(s) l(n)) * 2^(-age(n) / halfLife)</pre>
 *
 * <p>and of the nearest ones each says of its product j, with i* the latest product of s that it has,
 *
 * <pre>score(j) = sum over n of near(n) * exp(-|p(j) - p(i*)| / b) * (1 + c log(sessions / sessions with j))</pre>
 *
 * <p>which is sequence and time aware neighbourhood (Garg et al. 2019, "Sequence and time aware neighborhood for session-based
 * recommendations: STAN", equations 4 to 7) with the weight of rare products of Ludewig et al. 2020 ("Empirical analysis of session-based
 * recommendation algorithms", VSTAN). a, b and c were chosen on held-out purchases of cosmetics and visits of a web shop. Cost: the newest
 * sessions of each product of the visit.
 */
final class NearestSessions {

    /** The latest products of the running session that count. */
    static final int LONGEST = 30;

    private static final double RECENT = 2;
    private static final double NEAR = 4;
    private static final double RARE = 0.5;

    private final Searched searched;
    private final Basket visit;
    private final double[] weights;
    private final int[] sessions;
    private final double[] near;
    private final int[] latest;
    private final float[] scores;

    /**
     * Looks for them.
     *
     * @param searched past sessions
     * @param visit the running one, the oldest product first, at most {@link #LONGEST}
     * @param owner who asks, whose own later sessions do not count; 0 for nobody known
     * @param most how many sessions are listened to
     * @param halfLifeDays after how many days a session counts half; 0 for never
     */
    NearestSessions(Searched searched, Basket visit, long owner, int most, int halfLifeDays) {
        this.searched = searched;
        this.visit = visit;
        weights = new double[visit.size()];
        int candidates = 0;
        for (int place = 0; place < weights.length; place++) {
            weights[place] = Math.exp(-(weights.length - 1 - place) / RECENT);
            candidates += searched.most(visit.product(place));
        }
        Found found = new Found(candidates);
        for (int place = weights.length - 1; place >= 0; place--) {
            int product = visit.product(place);
            int end = searched.most(product);
            for (int n = 0; n < end; n++) {
                found.add(searched.session(product, n), weights[place], place);
            }
        }
        TopItems top = new TopItems(most);
        for (int slot = 0; slot < found.session.length; slot++) {
            int session = found.session[slot] - 1;
            if (session >= 0 && !own(session, found.common[slot], owner)) {
                found.sum[slot] /= Math.sqrt((double) weights.length * searched.length(session));
                found.sum[slot] *= halfLifeDays == 0 ? 1 : Math.pow(0.5, searched.age(session) / halfLifeDays);
                top.offer(session, (float) found.sum[slot]);
            }
        }
        sessions = top.drain();
        near = new double[sessions.length];
        latest = new int[sessions.length];
        for (int i = 0; i < sessions.length; i++) {
            int slot = found.slot(sessions[i]);
            near[i] = found.sum[slot];
            latest[i] = found.latest[slot];
        }
        scores = new float[searched.items().size()];
        for (int i = 0; i < sessions.length; i++) {
            SessionLists lists = searched.part(sessions[i]).lists();
            int within = searched.within(sessions[i]);
            int place = placeOfLatest(i);
            for (int at = lists.start(within); at < lists.start(within + 1); at++) {
                scores[lists.product(at)] += (float) says(i, lists.place(at), place);
            }
        }
        for (int product = 0; product < scores.length; product++) {
            scores[product] *= scores[product] > 0 ? (float) (1 + RARE * searched.rarity(product)) : 1;
        }
    }

    // Whether a later session may be the running one itself: it is of who asks, or has nothing but products of the running one.
    private boolean own(int session, int common, long owner) {
        return session < searched.laterSessions() && (common == searched.length(session) || owner != 0 && searched.owner(session) == owner);
    }

    private int placeOfLatest(int i) {
        SessionLists lists = searched.part(sessions[i]).lists();
        int product = visit.product(latest[i]);
        int at = lists.start(searched.within(sessions[i]));
        while (lists.product(at) != product) {
            at++;
        }
        return lists.place(at);
    }

    // What the i-th session says of its product at a place, but for how rare the product is; the latest of the visit has another place.
    private double says(int i, int place, int placeOfLatest) {
        return near[i] * Math.exp(-Math.abs(place - placeOfLatest) / NEAR);
    }

    /**
     * What they say in sum.
     *
     * @return one a product, 0 where they do not know it
     */
    float[] scores() {
        return scores;
    }

    /**
     * What each product of the visit adds to some scores: the share that it has in the nearness of the sessions.
     *
     * @param best the products that are asked about
     * @return a row a product: a share for each place in the visit
     */
    double[][] shares(int[] best) {
        int[] rank = new int[scores.length];
        double[] rare = new double[best.length];
        for (int i = 0; i < best.length; i++) {
            rank[best[i]] = i + 1;
            rare[i] = 1 + RARE * searched.rarity(best[i]);
        }
        int[] placeInVisit = new int[scores.length];
        for (int place = 0; place < weights.length; place++) {
            placeInVisit[visit.product(place)] = place + 1;
        }
        double[][] parts = new double[best.length][weights.length];
        int[] common = new int[weights.length];
        for (int i = 0; i < sessions.length; i++) {
            SessionLists lists = searched.part(sessions[i]).lists();
            int within = searched.within(sessions[i]);
            int count = 0;
            double sum = 0;
            for (int at = lists.start(within); at < lists.start(within + 1); at++) {
                int place = placeInVisit[lists.product(at)] - 1;
                if (place >= 0) {
                    common[count++] = place;
                    sum += weights[place];
                }
            }
            int placeOfLatest = placeOfLatest(i);
            for (int at = lists.start(within); at < lists.start(within + 1); at++) {
                int row = rank[lists.product(at)] - 1;
                double says = row < 0 ? 0 : says(i, lists.place(at), placeOfLatest) * rare[row] / sum;
                for (int k = 0; k < count && row >= 0; k++) {
                    parts[row][common[k]] += says * weights[common[k]];
                }
            }
        }
        return parts;
    }

    /** Sums by session in a table with open addressing; a session is kept as its number and one, as 0 is empty. */
    private static final class Found {

        private final int[] session;
        private final double[] sum;
        private final int[] latest;
        private final int[] common;

        Found(int most) {
            int size = Integer.highestOneBit(Math.max(4, most) * 2 - 1) * 2;
            session = new int[size];
            sum = new double[size];
            latest = new int[size];
            common = new int[size];
        }

        int slot(int wanted) {
            int slot = wanted * 0x9e3779b9 >>> 7 & session.length - 1;
            while (session[slot] != 0 && session[slot] != wanted + 1) {
                slot = slot + 1 & session.length - 1;
            }
            return slot;
        }

        void add(int which, double weight, int place) {
            int slot = slot(which);
            if (session[slot] == 0) {
                session[slot] = which + 1;
                latest[slot] = place;
            }
            sum[slot] += weight;
            common[slot]++;
        }
    }
}
