// The ways in which browsers refuse to keep anything. Each is run in the page before its own
// scripts.
export type StorageFault = () => void;

/** No `localStorage`. */
export const LOCAL_STORAGE_FAULTS: Record<string, StorageFault> = {
  'throws when it is touched': () => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  },
  'is not there': () => {
    Object.defineProperty(window, 'localStorage', { get: () => null });
  },
  'refuses to be written': () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  },
};

/** A `localStorage` without room. */
export const localStorageIsFull: StorageFault = () => {
  Storage.prototype.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
};

/** No `IndexedDB`. */
export const INDEXED_DB_FAULTS: Record<string, StorageFault> = {
  'is not there': () => {
    Object.defineProperty(window, 'indexedDB', { value: undefined });
  },
  'throws when it is touched': () => {
    Object.defineProperty(window, 'indexedDB', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  },
  'throws when it is opened': () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  },
  'cannot be opened': () => {
    // A version that is not there yet asks for an upgrade, and aborting that is an error.
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (this: IDBFactory, name: string) {
      const request = open.call(this, `${name} refused`, 1);
      request.addEventListener('upgradeneeded', (event) => {
        event.stopImmediatePropagation();
        request.transaction?.abort();
      });
      return request;
    };
  },
};

/** An `IndexedDB` on a disk so slow that the app has stopped waiting when it opens, this much later. */
export const indexedDbIsLate = (milliseconds: number): void => {
  const { addEventListener } = IDBOpenDBRequest.prototype;
  IDBOpenDBRequest.prototype.addEventListener = function (
    this: IDBOpenDBRequest,
    name: string,
    heard: EventListener,
  ) {
    const late = (event: Event) => setTimeout(heard, milliseconds, event);
    addEventListener.call(this, name, name === 'success' ? late : heard);
  };
};

/**
 * An `IndexedDB` that something else holds, as the storage process of a browser that was killed
 * and is not quite gone; `letGo` of the window ends that. A request that is aborted has the
 * error that Chromium gives then.
 */
export const indexedDbIsBlocked: StorageFault = () => {
  const { open, databases } = IDBFactory.prototype;
  Object.assign(window, {
    letGo: () => Object.assign(IDBFactory.prototype, { open, databases }),
  });
  IDBFactory.prototype.databases = () =>
    Promise.reject(new DOMException('Internal error opening backing store', 'UnknownError'));
  IDBFactory.prototype.open = function (this: IDBFactory, name: string) {
    const request = open.call(this, `${name} held`, 1);
    request.addEventListener('upgradeneeded', (event) => {
      event.stopImmediatePropagation();
      request.transaction?.abort();
    });
    Object.defineProperty(request, 'error', {
      value: new DOMException('Internal error opening backing store', 'UnknownError'),
    });
    return request;
  };
};

/**
 * Takes the room away from both stores, until `makeRoom` of the window gives it back. A full
 * `IndexedDB` is played: a transaction that is taken back with the error of one. (DevTools can
 * lower the quota, but not for the private contexts that tests run in.)
 */
export const bothAreFull: StorageFault = () => {
  const { setItem } = Storage.prototype;
  const { put } = IDBObjectStore.prototype;
  Object.assign(window, {
    makeRoom: () => {
      Storage.prototype.setItem = setItem;
      IDBObjectStore.prototype.put = put;
    },
  });
  const full = () => new DOMException('full', 'QuotaExceededError');
  Storage.prototype.setItem = () => {
    throw full();
  };
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...entry: [unknown, string]) {
    const request = put.apply(this, entry);
    Object.defineProperty(this.transaction, 'error', { value: full() });
    this.transaction.abort();
    return request;
  };
};

/** Neither of the two. */
export const nothingCanBeStored: StorageFault = () => {
  Object.defineProperty(window, 'localStorage', { get: () => null });
  Object.defineProperty(window, 'indexedDB', { value: undefined });
};
