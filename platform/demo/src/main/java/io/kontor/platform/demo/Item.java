package io.kontor.platform.demo;

/**
 * A product with what nobody knows of it.
 *
 * @param id the shop's own id
 * @param label what people see
 * @param price the first list price
 * @param cost of a unit
 * @param taste which group of customers it is made for
 * @param appetite how it is wanted
 * @param supply how it is bought
 * @param launch the day it came into the shop, 0 for those that were there before
 */
record Item(String id, Label label, double price, double cost, int taste, Appetite appetite, Supply supply, int launch) {

    /** What people see; the attribute is one that the store chose to keep. */
    record Label(String title, String category, String brand, String attribute) {
    }

    /**
     * How a product is wanted.
     *
     * @param elasticity of demand to price
     * @param daily units a day at the first price, over the year and week
     * @param peak day of the year on which it is wanted most
     * @param amplitude of the season, in the logarithm of demand
     */
    record Appetite(double elasticity, double daily, int peak, double amplitude) {

        double season(int dayOfYear) {
            return StrictMath.exp(amplitude * StrictMath.cos(2 * Math.PI * (dayOfYear - peak) / 365.25));
        }
    }

    /**
     * How a product is bought.
     *
     * @param supplier who delivers
     * @param lead mean days until a delivery
     * @param leadStd their standard deviation
     * @param pack units of a pack
     * @param waste share of the shelf that spoils overnight
     * @param planning units that the buyers plan for each unit they expect
     */
    record Supply(String supplier, double lead, double leadStd, int pack, double waste, double planning) {
    }
}
