/** The test kit of recsys: the contract of every recommender, and the small worlds it is tried on. */
export { type ContractCase, recommenderContract, type RecommenderPromise } from './recommender-contract.ts';
export { filmWithId, type SmallWorld, smallWorlds } from './small-world.ts';
