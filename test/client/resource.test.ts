import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Resource, type ResourceState } from '../../src/client/index.js';
import { SettingsError } from '../../src/contract/index.js';
import { deferred, settled, type Deferred } from './support.js';

/** A resource whose answers are given by hand, in any order. */
function byHand(): { resource: Resource<string>; loads: (Deferred<string> & { signal: AbortSignal })[]; states: ResourceState<string>[]; stop: () => void } {
  const loads: (Deferred<string> & { signal: AbortSignal })[] = [];
  const resource = new Resource<string>((signal) => {
    const load = { ...deferred<string>(), signal };
    loads.push(load);
    return load.promise;
  });
  const states: ResourceState<string>[] = [];
  const stop = resource.subscribe(() => {
    states.push(resource.state);
  });
  return { resource, loads, states, stop };
}

describe('Resource', () => {
  it('loads when somebody first looks, once for all who do', () => {
    const { resource, loads } = byHand();
    resource.subscribe(() => undefined);
    void resource.load();
    assert.equal(loads.length, 1);
    assert.equal(resource.state.loading, true);
    assert.equal(resource.data, undefined);
  });

  it('tells everybody of its data', async () => {
    const { resource, loads, states } = byHand();
    loads[0]?.resolve('first');
    await settled();
    assert.deepEqual(states.at(-1), { data: 'first', error: undefined, loading: false });
    assert.equal(resource.data, 'first');
  });

  it('drops an answer that a newer load overtook, in whatever order they arrive', async () => {
    const { resource, loads } = byHand();
    void resource.reload();
    loads[1]?.resolve('newer');
    await settled();
    loads[0]?.resolve('older');
    await settled();
    assert.equal(resource.data, 'newer');
    void resource.reload();
    void resource.reload();
    loads[2]?.resolve('third');
    await settled();
    assert.equal(resource.data, 'newer', 'the fourth is what counts');
    loads[3]?.resolve('fourth');
    await settled();
    assert.equal(resource.data, 'fourth');
  });

  it('drops the failure of an overtaken load, too', async () => {
    const { resource, loads } = byHand();
    void resource.reload();
    loads[1]?.resolve('newer');
    loads[0]?.reject(new SettingsError('unavailable'));
    await settled();
    assert.deepEqual(resource.state, { data: 'newer', error: undefined, loading: false });
  });

  it('aborts the load that it overtakes', () => {
    const { resource, loads } = byHand();
    void resource.reload();
    assert.deepEqual(loads.map(({ signal }) => signal.aborted), [true, false]);
  });

  it('keeps its data beside the error of a reload', async () => {
    const { resource, loads } = byHand();
    loads[0]?.resolve('data');
    await settled();
    const done = resource.reload();
    loads[1]?.reject(new SettingsError('unavailable'));
    await done;
    assert.equal(resource.data, 'data');
    assert.equal(resource.state.error?.kind, 'unavailable');
    assert.equal(resource.state.loading, false);
  });

  it('makes one error type of whatever a load throws, and never rejects', async () => {
    const { resource, loads } = byHand();
    const done = resource.load();
    loads[0]?.reject('a string');
    await done;
    assert.equal(SettingsError.is(resource.state.error), true);
    assert.equal(resource.state.error?.kind, 'unexpected');
  });

  it('takes what a write answered, and drops the read that is still on its way', async () => {
    const { resource, loads } = byHand();
    resource.set('written');
    loads[0]?.resolve('read before the write');
    await settled();
    assert.deepEqual(resource.state, { data: 'written', error: undefined, loading: false });
    assert.equal(loads[0]?.signal.aborted, true);
  });

  it('drops its data for an error that makes it untrue', async () => {
    const { resource, loads } = byHand();
    loads[0]?.resolve('hers');
    await settled();
    resource.fail(new SettingsError('unauthenticated'));
    assert.equal(resource.data, undefined);
    assert.equal(resource.state.error?.kind, 'unauthenticated');
  });

  it('stops when nobody looks any more, and loads again for the next', async () => {
    const { resource, loads, stop } = byHand();
    stop();
    assert.equal(loads[0]?.signal.aborted, true);
    loads[0].resolve('too late');
    await settled();
    assert.equal(resource.data, undefined);
    assert.equal(resource.state.loading, false);
    resource.subscribe(() => undefined);
    assert.equal(loads.length, 2);
  });

  it('does not load again for a second look at data that is there', async () => {
    const { resource, loads, stop } = byHand();
    loads[0]?.resolve('data');
    await settled();
    stop();
    resource.subscribe(() => undefined);
    assert.equal(loads.length, 1);
  });

  it('survives a listener that unsubscribes another while it is told', async () => {
    const { resource, loads } = byHand();
    let told = 0;
    let stopOther = (): void => undefined;
    resource.subscribe(() => {
      stopOther();
    });
    stopOther = resource.subscribe(() => {
      told += 1;
    });
    loads[0]?.resolve('data');
    await settled();
    assert.ok(told <= 1);
    assert.equal(resource.data, 'data');
  });
});
