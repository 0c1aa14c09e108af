/**
 * Tags that run scripts, load what may, or change what the document's other parts mean; among them some that only old
 * browsers know.
 */
export const DANGEROUS_TAGS: ReadonlySet<string> = new Set(
  words(`
    applet base comment embed frame frameset handler iframe import isindex link listener meta noscript object script
    style vmlframe
  `),
);

/** What an attribute's value can do. */
export type AttributeKind =
  /** Any value is dangerous. */
  | 'any'
  /** It is a URL, which can be a script. */
  | 'url'
  /** It is a style sheet, which can hold expressions and URLs. */
  | 'style'
  /** It is the name of another attribute, which the element sets. */
  | 'name';

/** The dangerous attributes that are no event's handlers. */
export const ATTRIBUTES: ReadonlyMap<string, AttributeKind> = new Map([
  ...kind('any', 'dataformatas datasrc'),
  ...kind('name', 'attributename'),
  ...kind('style', 'filter style'),
  ...kind(
    'url',
    'action background by dynsrc folder formaction from handler href lowsrc poster src to values xlink:href',
  ),
]);

/**
 * Events with handlers, without `on`, by what they begin with. Sources: HTML, DOM and the other web standards; MDN;
 * WebKit's and Gecko's documentation; for the events of script objects at the end, what libddwaf takes.
 */
const EVENTS: ReadonlySet<string> = new Set(
  stems(`
abort auxclick before:input,match,toggle blur cancel canplay:,through change click close command
contentvisibilityautostatechange context:lost,menu,restored copy cuechange cut dblclick
drag:,end,enter,exit,leave,over,start drop durationchange emptied ended error focus:,in,out form:change,data,input
input invalid key:down,press,up load:,eddata,edmetadata,end,start mouse:down,enter,leave,move,out,over,up,wheel paste
pause play:,ing progress ratechange reset resize scroll:,end,snapchange,snapchanging search securitypolicyviolation
seek:ed,ing select:,ionchange,start show slotchange stalled submit suspend timeupdate toggle volumechange waiting
wheel
after:print,scriptexecute appinstalled before:print,scriptexecute,unload fullscreen:change,error
gamepad:connected,disconnected hashchange languagechange message:,error offline online orientationchange
page:hide,reveal,show,swap pointerlock:change,error popstate readystatechange rejectionhandled storage
unhandledrejection unload visibilitychange
animation:cancel,end,iteration,start gotpointercapture lostpointercapture
pointer:cancel,down,enter,leave,move,out,over,rawupdate,up touch:cancel,end,move,start transition:cancel,end,run,start
begin bounce end finish repeat start
activate before:activate,copy,cut,paste filterchange propertychange
moz:fullscreenchange,fullscreenerror,orientationchange webkitanimation:end,iteration,start
webkitfullscreen:change,error webkitmouseforce:changed,down,up,willbegin
webkit:playbacktargetavailabilitychanged,transitionend,willrevealbottom
add:sourcebuffer,stream,track audio:end,process,start autocomplete:,error blocked boundary bufferedamountlow cached
charging:change,timechange checking complete connect:,ionavailable controllerchange data:available,channel
device:change,light,motion,orientation,proximity dischargingtimechange downloading encrypted enter exit fetch
ice:candidate,connectionstatechange,gatheringstatechange install keystatuseschange levelchange loading:,done,error
mark mute negotiationneeded nomatch notification:click,close noupdate obsolete open push:,subscriptionchange
remove:sourcebuffer,stream,track requestprogress resourcetimingbufferfull responseprogress result resume
shipping:addresschange,optionchange signalingstatechange sound:end,start source:ended,open speech:end,start
statechange stop success terminate timeout tonechange track unmute update:,end,found,ready,start upgradeneeded
userproximity versionchange voiceschanged vrdisplay:activate,connect,presentchange waitingforkey
`),
);

/** The kind of an attribute by its name in lower case; undefined for those that can do no harm. */
export function attributeKind(name: string): AttributeKind | undefined {
  return name.startsWith('on') && EVENTS.has(name.slice(2)) ? 'any' : ATTRIBUTES.get(name);
}

function kind<Kind extends AttributeKind>(kind: Kind, names: string): [string, Kind][] {
  return words(names).map((name) => [name, kind]);
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** Words written as a stem and its endings: `play:,ing` is `play` and `playing`. */
function stems(text: string): string[] {
  return words(text).flatMap((word) => {
    const [stem = '', endings = ''] = word.split(':');
    return endings.split(',').map((ending) => stem + ending);
  });
}
