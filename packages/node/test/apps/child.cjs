// What the sink `fork` starts.
console.log('child');
