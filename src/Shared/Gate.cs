// System.Threading.Lock where there is one; the lock statement takes both.
#if NET9_0_OR_GREATER
global using Gate = System.Threading.Lock;
#else
global using Gate = System.Object;
#endif
