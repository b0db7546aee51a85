// Storage faults of browsers, each simulated in the page before its own scripts run.
export type StorageFault = () => void;

/** `localStorage` is unavailable. */
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

/** `localStorage` is full. */
export const localStorageIsFull: StorageFault = () => {
  Storage.prototype.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
};

/** `IndexedDB` is unavailable. */
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
    // Opening a new version triggers an upgrade, and aborting that is an error.
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

/** `IndexedDB` on a disk so slow that the app stops waiting; it opens after this delay. */
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
 * `IndexedDB` held by another process, such as the storage process of a killed browser; `release` of
 * the window ends that. The error of an aborted request is Chromium's.
 */
export const indexedDbIsBlocked: StorageFault = () => {
  const { open, databases } = IDBFactory.prototype;
  Object.assign(window, {
    release: () => Object.assign(IDBFactory.prototype, { open, databases }),
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
 * Fills both stores, until `makeRoom` of the window frees them. A full `IndexedDB` is simulated by
 * aborting transactions with the quota error. (DevTools can lower the quota, but not for the
 * private contexts of tests.)
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

/** Both stores are unavailable. */
export const nothingCanBeStored: StorageFault = () => {
  Object.defineProperty(window, 'localStorage', { get: () => null });
  Object.defineProperty(window, 'indexedDB', { value: undefined });
};
